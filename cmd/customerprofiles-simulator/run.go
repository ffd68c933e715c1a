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
	"os"
	"strings"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const name = "customerprofiles-simulator"

// The statuses that the program exits with.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// options are the program's flags.
type options struct {
	addr, data   string
	log, version bool
}

// run is the program: it serves until ctx is done and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "%s: %v (-help lists the flags)\n", name, err)
		return exitUsage
	case opts.version:
		fmt.Fprintln(stdout, name, version)
		return exitOK
	}
	if err := serve(ctx, opts, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return exitFailed
	}
	return exitOK
}

func parse(args []string, help io.Writer) (options, error) {
	var opts options
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // It would print an error and a page of flags; one line is enough.
	flags.StringVar(&opts.addr, "addr", "127.0.0.1:0", "the `address` to listen on; port 0 is any free one")
	flags.StringVar(&opts.data, "data", "", "a JSON `file` with the credentials, domains and workflows to serve, in place of the built-in ones")
	flags.BoolVar(&opts.log, "log", false, "log each request (method, path, status) to standard error")
	flags.BoolVar(&opts.version, "version", false, "print the version and exit")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(help, "Usage: %s [flags]\n\nServes Amazon Connect Customer Profiles from memory.\n\n", name)
		flags.SetOutput(help)
		flags.PrintDefaults()
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return opts, err
}

// serve listens, says where, and serves until ctx is done.
func serve(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	data, err := readData(opts.data)
	if err != nil {
		return err
	}
	if len(data.Credentials) == 0 {
		return fmt.Errorf("%s: there are no Credentials, so nobody could call", opts.data)
	}
	service, err := simulator.New(data)
	if err != nil {
		return err
	}
	service.KeepCalls(0) // Nobody asks for them here.
	if opts.log {
		logger := log.New(stderr, "", 0)
		service.SetObserver(func(call simulator.Call) {
			logger.Println(call.Method, call.Path, call.Status)
		})
	}
	server, err := simulator.Listen(opts.addr, service)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(stdout, greeting(server.URL, data.Credentials[0])); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

func readData(path string) (simulator.Data, error) {
	if path == "" {
		return simulator.DefaultData(), nil
	}
	file, err := os.Open(path) //nolint:gosec // The user names the file.
	if err != nil {
		return simulator.Data{}, err
	}
	defer file.Close()
	data, err := simulator.ReadData(file)
	if err != nil {
		return simulator.Data{}, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// greeting is the one line for a person to read, and a script to take what
// follows "export " from. The session token is there even where there is none:
// one that the shell has already would otherwise be sent, and be refused.
func greeting(url string, c simulator.Credential) string {
	return fmt.Sprintf("Customer Profiles simulator listening on %s: "+
		"export AWS_ENDPOINT_URL_CUSTOMER_PROFILES=%s AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_SESSION_TOKEN=%s\n",
		url, url, shellWord(c.AccessKeyID), shellWord(c.SecretAccessKey), shellWord(c.SessionToken))
}

// shellWord quotes s where a shell would not take it as it stands.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-+=/.:,@%", r)
	}
	if strings.TrimFunc(s, plain) == "" { // nothing but plain characters
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
