// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// The test's binary is the provider, or says how it would run as one, where
// this variable says so.
const roleVariable = "CUSTOMERPROFILES_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "provider":
		if err := Serve("test", false); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "pace":
		prepare()
		sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(sample)
		fmt.Print(sample[0].Value.Uint64())
	default:
		os.Exit(m.Run())
	}
}

// process is this binary in another role, with no more than these variables set
// for logs and for the collector.
func process(t *testing.T, role string, env ...string) *exec.Cmd {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(executable)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_LOG") && !strings.HasPrefix(variable, "GOGC=") {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(append(cmd.Env, roleVariable+"="+role), env...)
	return cmd
}

// What a provider's process writes to its standard error is its log.
func TestLogOfAProcess(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  []string
		logs bool
	}{
		"nobody reads it":       {nil, false},
		"Terraform reads it":    {[]string{"TF_LOG=TRACE"}, true},
		"the libraries' is set": {[]string{"TF_LOG_SDK=TRACE"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := schemaServed(t, test.env...)
			if logs := strings.Contains(log, `"@level":"trace"`); logs != test.logs {
				t.Errorf("writes TRACE: %t, want %t\n%s", logs, test.logs, log)
			}
		})
	}
}

// schemaServed starts a provider, asks it for its schemas, and returns what it
// wrote to its standard error.
func schemaServed(t *testing.T, env ...string) string {
	t.Helper()
	cmd := process(t, "provider", append(env,
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6")...)
	var log bytes.Buffer
	cmd.Stderr = &log
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	serve := func() error {
		// 1|6|unix|/tmp/plugin123|grpc|
		handshake, err := bufio.NewReader(stdout).ReadString('\n')
		if err != nil {
			return err
		}
		conn, err := grpc.NewClient("unix:"+strings.Split(handshake, "|")[3], grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		return conn.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &emptypb.Empty{})
	}
	err = serve()
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // It was killed: the error says no more.
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	return log.String()
}

func TestPaceOfAProcess(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  []string
		want string
	}{
		"its own":    {nil, "500"},
		"the user's": {[]string{"GOGC=77"}, "77"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := process(t, "pace", test.env...).Output()
			if err != nil || string(got) != test.want {
				t.Errorf("GOGC %s, want %s (%v)", got, test.want, err)
			}
		})
	}
}
