// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// roleVariable gives the test binary another role than to run the tests.
const roleVariable = "CUSTOMERPROFILES_TEST_ROLE"

// parentVariable has the ID of the process that started this one.
const parentVariable = "CUSTOMERPROFILES_TEST_PARENT"

// testParentInterval replaces [parentInterval] in the processes of tests.
const testParentInterval = 10 * time.Millisecond

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	parentInterval = testParentInterval
	if err := roles[role](); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// roles are what the test binary does instead of running the tests.
var roles = map[string]func() error{
	"provider": func() error { return Serve("test", false) },
	"debug": func() error {
		// Its parent is killed after the first line of the output, so the rest may have no reader.
		signal.Ignore(syscall.SIGPIPE)
		return Serve("test", true)
	},
	"gc": func() error {
		tuneProcess()
		sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(sample)
		fmt.Print(sample[0].Value.Uint64())
		return nil
	},
	// A parent starts the provider and waits to be killed.
	"parent of provider": func() error { return runParent("provider") },
	"parent of debug":    func() error { return runParent("debug") },
	"parent of orphan":   func() error { return runParent("orphan") },
	"orphan": func() error {
		for os.Getenv(parentVariable) == strconv.Itoa(os.Getppid()) {
			time.Sleep(time.Millisecond)
		}
		return Serve("test", false)
	},
}

// runParent starts the test binary in another role with the standard error of this
// process. It prints the ID of the new process, and waits to be killed.
func runParent(role string) error {
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(executable)
	child.Env = append(os.Environ(), handshake...)
	child.Env = append(child.Env, roleVariable+"="+role, parentVariable+"="+strconv.Itoa(os.Getpid()))
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return err
	}
	if role != "orphan" { // It serves only after its parent has ended.
		if _, err := bufio.NewReader(stdout).ReadString('\n'); err != nil {
			return err
		}
	}
	fmt.Println(child.Process.Pid)
	time.Sleep(time.Minute)
	return nil
}

// handshake are the variables with which Terraform starts a provider.
var handshake = []string{
	"PLUGIN_PROTOCOL_VERSIONS=6",
	"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// newProcess returns this binary in another role. No variable for logs or for
// the garbage collector is inherited.
func newProcess(t *testing.T, role string, env ...string) *exec.Cmd {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), executable)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_LOG") && !strings.HasPrefix(variable, "GOGC=") {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(append(cmd.Env, roleVariable+"="+role), env...)
	return cmd
}

func TestGCPercent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ env, want string }{
		"GOGC is not set": {env: "GOGC=", want: "400"},
		"GOGC is set":     {env: "GOGC=77", want: "77"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := newProcess(t, "gc", tc.env).Output(); err != nil || string(got) != tc.want {
				t.Errorf("GC percent %s, want %s (%v)", got, tc.want, err)
			}
		})
	}
}

func TestLogOfProcess(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		env    string
		isRead bool
	}{
		"no variable set": {env: "TF_LOG="},
		"TF_LOG set":      {env: "TF_LOG=TRACE", isRead: true},
		"TF_LOG_SDK set":  {env: "TF_LOG_SDK=TRACE", isRead: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := logOfSchemaRequest(t, tc.env)
			if hasTrace := strings.Contains(log, `"@level":"trace"`); hasTrace != tc.isRead {
				t.Errorf("logs at TRACE: %t, want %t\n%s", hasTrace, tc.isRead, log)
			}
		})
	}
}

// logOfSchemaRequest requests the schema from a provider process and returns
// what the process wrote to its standard error.
func logOfSchemaRequest(t *testing.T, env string) string {
	t.Helper()
	cmd := newProcess(t, "provider", append(handshake, env)...)
	var log bytes.Buffer
	cmd.Stderr = &log
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	request := func() error {
		handshake, err := bufio.NewReader(stdout).ReadString('\n') // 1|6|unix|/tmp/plugin123|grpc|
		if err != nil {
			return err
		}
		fields := strings.Split(handshake, "|")
		target := fields[3]
		if fields[2] == "unix" { // On Windows, it is "tcp".
			target = "unix:" + target
		}
		conn, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		return conn.Invoke(t.Context(), "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &emptypb.Empty{})
	}
	err = request()
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // The process was killed, which is its error.
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	return log.String()
}

func TestSilenceUnreadLogs(t *testing.T) {
	t.Parallel()
	off := map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_CUSTOMERPROFILES": "off"}
	for name, tc := range map[string]struct {
		environ []string
		want    map[string]string // the variables that are set
	}{
		"no variable":                 {want: off},
		"other variables":             {environ: []string{"TF_LOG_CORE=TRACE", "TF_LOG_PATH=x", "PATH=/bin"}, want: off},
		"TF_LOG is empty":             {environ: []string{"TF_LOG="}, want: off},
		"TF_LOG":                      {environ: []string{"TF_LOG=INFO"}},
		"all providers":               {environ: []string{"TF_LOG_PROVIDER=DEBUG"}},
		"this provider":               {environ: []string{"TF_LOG_PROVIDER_CUSTOMERPROFILES=DEBUG"}},
		"all plugin libraries":        {environ: []string{"TF_LOG_SDK=DEBUG"}},
		"one of the plugin libraries": {environ: []string{"PATH=/bin", "TF_LOG_SDK_FRAMEWORK=DEBUG"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			silenceUnreadLogs(tc.environ, func(key, value string) error { got[key] = value; return nil })
			if !maps.Equal(got, tc.want) {
				t.Errorf("set %v, want %v", got, tc.want)
			}
		})
	}
}
