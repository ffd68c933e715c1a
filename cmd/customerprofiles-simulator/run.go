// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"strings"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const name = "customerprofiles-simulator"

// options are the values of the flags.
type options struct {
	addr, data   string
	log, version bool
}

// run runs the program until ctx is done, and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parseFlags(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "%s: %v (-help lists the flags)\n", name, err)
		return 2
	case opts.version:
		fmt.Fprintln(stdout, name, version)
		return 0
	}
	if err := serve(ctx, opts, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return 1
	}
	return 0
}

func parseFlags(args []string, stdout io.Writer) (options, error) {
	var opts options
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // Keeps errors to one line.
	flags.StringVar(&opts.addr, "addr", "127.0.0.1:0", "`address` to listen on; port 0 selects a free port")
	flags.StringVar(&opts.data, "data", "",
		"JSON `file` with the credentials, domains, and workflows to serve instead of the built-in ones")
	flags.BoolVar(&opts.log, "log", false, "log the method, path, and status of each request to standard error")
	flags.BoolVar(&opts.version, "version", false, "print the version and exit")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, "Usage: %s [flags]\n\nServes Amazon Connect Customer Profiles from memory.\n\n", name)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return opts, err
}

// serve prints the ready line and serves requests until ctx is done.
func serve(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	data := simulator.DefaultData()
	if opts.data != "" {
		var err error
		if data, err = readFile(opts.data); err != nil {
			return err
		}
	}
	service, err := simulator.New(data)
	if err != nil {
		return err
	}
	var handler http.Handler = service
	if opts.log {
		handler = logRequests(service, log.New(stderr, "", 0))
	}
	server, err := simulator.Listen(opts.addr, handler)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(stdout, readyLine(server.URL, data.Credentials[0])); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

// logRequests logs a request before the client receives the response.
func logRequests(handler http.Handler, logger *log.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(statusWriter{w, func(status int) { logger.Println(r.Method, r.URL.EscapedPath(), status) }}, r)
	})
}

type statusWriter struct {
	http.ResponseWriter
	onStatus func(status int)
}

func (w statusWriter) WriteHeader(status int) {
	w.onStatus(status)
	w.ResponseWriter.WriteHeader(status)
}

func readFile(path string) (simulator.Data, error) {
	file, err := os.Open(path) //nolint:gosec // The user names the file.
	if err != nil {
		return simulator.Data{}, err
	}
	defer file.Close()
	data, err := simulator.ReadData(file)
	if err == nil && len(data.Credentials) == 0 {
		err = errors.New("no credentials")
	}
	if err != nil {
		return simulator.Data{}, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// readyLine always sets AWS_SESSION_TOKEN, because a token that is already in
// the environment would make requests invalid.
func readyLine(url string, c simulator.Credential) string {
	return fmt.Sprintf("Customer Profiles simulator listening on %s: "+
		"export AWS_ENDPOINT_URL_CUSTOMER_PROFILES=%s AWS_REGION=us-east-1 "+
		"AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_SESSION_TOKEN=%s\n",
		url, url, shellQuote(c.AccessKeyID), shellQuote(c.SecretAccessKey), shellQuote(c.SessionToken))
}

var shellSafe = regexp.MustCompile(`^[\w\-+=/.:,@%]*$`)

// shellQuote quotes s for a POSIX shell, if necessary.
func shellQuote(s string) string {
	if shellSafe.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
