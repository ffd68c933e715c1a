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
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const name = "customerprofiles-simulator"

// formatPage describes the data file and the control API.
const formatPage = "https://registry.terraform.io/providers/customerprofiles/customerprofiles/latest/docs/guides/simulator"

// options are the values of the flags.
type options struct {
	addr, data, check    string
	tps                  float64
	latency              time.Duration
	log, schema, version bool
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
	case opts.schema:
		_, err = stdout.Write(simulator.Schema)
	case opts.check != "":
		err = check(ctx, opts.check)
	default:
		err = serve(ctx, opts, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return 1
	}
	return 0
}

func parseFlags(args []string, stdout io.Writer) (options, error) {
	var opts options
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // Keeps errors to one line.
	flags.StringVar(&opts.addr, "addr", "127.0.0.1:0", "listen on this `address`; port 0 selects a free port")
	flags.StringVar(&opts.data, "data", "", "serve the credentials, domains, and workflows in this JSON `file` "+
		"instead of the built-in ones")
	flags.Float64Var(&opts.tps, "tps", 0, "allow `N` requests per second for each operation, and refuse more with a "+
		"ThrottlingException;\nthe default quota of a new AWS account is 5; 0 means no limit")
	flags.DurationVar(&opts.latency, "latency", 0, "wait for this `duration`, such as 150ms, before each response")
	flags.BoolVar(&opts.log, "log", false, "log the method, path, and status of each call to standard error")
	flags.StringVar(&opts.check, "check", "", "check that the simulator at this `URL` is healthy, and exit with status 0 "+
		"or 1")
	flags.BoolVar(&opts.schema, "schema", false, "print the JSON Schema of the data file and exit")
	flags.BoolVar(&opts.version, "version", false, "print the version and exit")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, "Usage: %s [flags]\n\nServes Amazon Connect Customer Profiles from memory.\n\n", name)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		fmt.Fprintf(stdout, "\nThe data file and the control API are described at\n%s\n", formatPage)
		return opts, err
	case err != nil:
		return opts, err
	}
	return opts, validateFlags(flags, opts)
}

func validateFlags(flags *flag.FlagSet, opts options) (err error) {
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" { // Probably a variable that is not set in a script.
			err = fmt.Errorf("-%s must not be empty", f.Name)
		}
	})
	switch {
	case err != nil:
		return err
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case math.IsNaN(opts.tps) || math.IsInf(opts.tps, 1):
		return errors.New("-tps must be a number of requests, such as 5")
	case opts.tps < 0 || opts.latency < 0:
		return errors.New("-tps and -latency must not be negative")
	}
	return nil
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
	service.SetQuota(opts.tps)
	service.SetLatency(opts.latency)
	if opts.log {
		logger := log.New(stderr, "", 0)
		service.SetCallLog(func(call simulator.Call) { logger.Print(logLine(call)) })
	}
	server, err := simulator.Listen(opts.addr, service)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(stdout, readyLine(server.URL, data.Credentials[0])); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

// logLine describes a call and its response, or how the connection failed.
func logLine(call simulator.Call) string {
	target := call.Path
	if call.RawQuery != "" {
		target += "?" + call.RawQuery
	}
	words := []string{call.Method, target}
	if call.Status != 0 {
		words = append(words, strconv.Itoa(call.Status))
	}
	if call.ErrorCode != "" {
		words = append(words, call.ErrorCode)
	}
	if call.Fault != simulator.NoFault {
		words = append(words, "(connection: "+call.Fault.String()+")")
	}
	return strings.Join(words, " ")
}

func readFile(path string) (simulator.Data, error) {
	file, err := os.Open(path) //nolint:gosec // The user names the file.
	if err != nil {
		return simulator.Data{}, err
	}
	defer file.Close()
	data, err := simulator.ReadData(file)
	if err != nil {
		// Every line of an error begins with the name of the file.
		return simulator.Data{}, fmt.Errorf("%s: %s", path, strings.ReplaceAll(err.Error(), "\n", "\n"+path+": "))
	}
	return data, nil
}

// readyLine always sets AWS_SESSION_TOKEN, because a token that is already in
// the environment would make requests invalid.
func readyLine(url string, c simulator.Credential) string {
	return fmt.Sprintf("Customer Profiles simulator listening on %s: "+
		"export AWS_ENDPOINT_URL_CUSTOMER_PROFILES=%s AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 "+
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
