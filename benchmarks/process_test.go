// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	_ "github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server" // Registers the messages of the plugin protocol.
	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// process is a provider that the test runs as Terraform does: over gRPC with
// mutual TLS. The process serves only the requests that the test sends, so that
// the CPU time and the memory are the provider's alone.
type process struct {
	t      *testing.T
	client *plugin.Client
	grpc   *plugin.GRPCClient
	pid    int
}

// startProcess starts a provider. The caller must kill its client.
func startProcess(t *testing.T, binary string) *process {
	t.Helper()
	cmd := exec.Command(filepath.Join(binaries, binary))
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		VersionedPlugins: map[int]plugin.PluginSet{6: {}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Cmd:              cmd,
		Logger:           hclog.NewNullLogger(),
	})
	protocol, err := client.Client()
	if err != nil {
		client.Kill()
		t.Fatal(err)
	}
	return &process{t: t, client: client, grpc: protocol.(*plugin.GRPCClient), pid: cmd.Process.Pid}
}

// call calls a method of the plugin protocol with a request in JSON. It returns
// the first diagnostic as an error.
func (p *process) call(method, body string) error {
	request, response := newMessage(method+".Request"), newMessage(method+".Response")
	if err := protojson.Unmarshal([]byte(body), request); err != nil {
		return err
	}
	if err := p.grpc.Conn.Invoke(p.t.Context(), "/tfplugin6.Provider/"+method, request, response); err != nil {
		return err
	}
	message := response.ProtoReflect()
	diagnostics := message.Get(message.Descriptor().Fields().ByName("diagnostics")).List()
	if diagnostics.Len() > 0 {
		return fmt.Errorf("%s: %v", method, diagnostics.Get(0))
	}
	return nil
}

// newMessage returns an empty message of the plugin protocol, whose Go types
// aren't exported. It panics if there is no such message.
func newMessage(name string) proto.Message {
	messageType, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("tfplugin6." + name))
	if err != nil {
		panic(err)
	}
	return messageType.New().Interface()
}

// start measures the time from the start of a process until it has served the
// schemas.
func (s *suite) start(t *testing.T) {
	serveSchema := func(binary string) func() sample {
		return func() sample {
			start := time.Now()
			p := startProcess(t, binary)
			defer p.client.Kill()
			if err := p.call("GetProviderSchema", "{}"); err != nil {
				t.Fatal(err)
			}
			return sample{wall: time.Since(start).Seconds()}
		}
	}
	medians := alternate(8**runs, serveSchema(provider), serveSchema(floor))
	s.compare(t, target, "Process start to schema served, wall time, compared with the floor", milliseconds,
		medians[0].wall, medians[1].wall, 1.10)
}

// reads returns a function that starts a provider and reads n data sources, ten
// at a time. It measures the CPU time of the reads and the peak memory of the
// process. Config returns the configuration of a data source in JSON. Terraform
// sends MessagePack, but JSON may omit attributes.
func (s *suite) reads(t *testing.T, binary, typeName string, n int, config func(i int) string) func() sample {
	t.Helper()
	encode := base64.StdEncoding.EncodeToString
	configure := fmt.Sprintf(`{"terraform_version": "1.11.4", "config": {"json": %q}}`, encode(fmt.Appendf(nil,
		`{"region": "us-east-1", "access_key": "AKIAIOSFODNN7EXAMPLE",
		"secret_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "endpoints": [{"customerprofiles": %q}]}`, s.service.server.URL)))
	requests := make([]string, n)
	for i := range requests {
		requests[i] = fmt.Sprintf(`{"type_name": %q, "config": {"json": %q}}`, typeName, encode([]byte(config(i))))
	}
	return func() sample {
		p := startProcess(t, binary)
		defer p.client.Kill()
		if err := p.call("GetProviderSchema", "{}"); err != nil {
			t.Fatal(err)
		}
		if err := p.call("ConfigureProvider", configure); err != nil {
			t.Fatal(err)
		}
		before := p.cpu()
		var group errgroup.Group
		group.SetLimit(10)
		for _, request := range requests {
			group.Go(func() error {
				if err := p.call("ValidateDataResourceConfig", request); err != nil {
					return err
				}
				return p.call("ReadDataSource", request)
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		return sample{cpu: p.cpu() - before, memory: p.peakMemory()}
	}
}

// cpu returns the CPU time of the process in seconds.
func (p *process) cpu() float64 {
	p.t.Helper()
	// The ID of a process's CPU-time clock; see clock_getcpuclockid(3).
	const schedClock = 2
	var used unix.Timespec
	if err := unix.ClockGettime(int32(^p.pid<<3|schedClock), &used); err != nil { //nolint:gosec // A PID has 22 bits.
		p.t.Fatal(err)
	}
	return time.Duration(used.Nano()).Seconds()
}

// peakMemory returns the largest resident set size of the process in bytes.
func (p *process) peakMemory() float64 {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, field, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes float64
	if _, err := fmt.Sscanf(field, "%f kB", &kilobytes); err != nil {
		p.t.Fatal(err)
	}
	return kilobytes * 1024
}
