// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package plugin drives a provider's process as Terraform does, without
// Terraform: over gRPC, with the messages that a plan sends for each workflow.
// What is measured of the process is then the provider's alone.
package plugin

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
)

// Process is a provider that runs and serves.
type Process struct {
	cmd  *exec.Cmd
	conn *grpc.ClientConn
}

// Start runs the provider's binary and waits for its handshake.
func Start(binary string) (*Process, error) {
	identity, err := clientIdentity()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(),
		"PLUGIN_CLIENT_CERT="+string(identity.pem),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		"PLUGIN_PROTOCOL_VERSIONS=6",
	)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	// 1|6|unix|/tmp/plugin123|grpc|certificate
	fields := strings.Split(strings.TrimSpace(line), "|")
	if len(fields) < 6 || fields[2] != "unix" {
		return nil, errors.Join(fmt.Errorf("unexpected handshake %q", line), p.Stop())
	}
	transport, err := identity.trusting(fields[5])
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	p.conn, err = grpc.NewClient("unix:"+fields[3],
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{}), grpc.MaxCallRecvMsgSize(64<<20)),
	)
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return p, nil
}

// Stop ends the process.
func (p *Process) Stop() error {
	if p.conn != nil {
		_ = p.conn.Close()
	}
	_ = p.cmd.Process.Kill()
	// It was killed: the error says no more.
	_ = p.cmd.Wait()
	return nil
}

// Schema asks for the schemas.
func (p *Process) Schema() error {
	_, err := p.call("GetProviderSchema", nil)
	return err
}

// Configure configures the provider. The config is an object in MessagePack.
func (p *Process) Configure(config []byte) error {
	message := protowire.AppendTag(nil, 1, protowire.BytesType)
	message = protowire.AppendString(message, "1.11.4")
	return p.diagnosed("ConfigureProvider", dynamic(message, config), 1)
}

// Read validates and reads a data source, as Terraform does.
func (p *Process) Read(typeName string, config []byte) error {
	message := protowire.AppendTag(nil, 1, protowire.BytesType)
	message = protowire.AppendString(message, typeName)
	message = dynamic(message, config)
	if err := p.diagnosed("ValidateDataResourceConfig", message, 1); err != nil {
		return err
	}
	return p.diagnosed("ReadDataSource", message, 2)
}

// ReadAll reads n data sources, so many at once.
func (p *Process) ReadAll(typeName string, n, atOnce int, config func(i int) []byte) error {
	var wait sync.WaitGroup
	indexes, errs := make(chan int), make(chan error, atOnce)
	for range atOnce {
		wait.Go(func() {
			for i := range indexes {
				if err := p.Read(typeName, config(i)); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
			}
		})
	}
	for i := range n {
		indexes <- i
	}
	close(indexes)
	wait.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// dynamic appends field 2, a DynamicValue whose field 1 is MessagePack.
func dynamic(message, config []byte) []byte {
	value := protowire.AppendTag(nil, 1, protowire.BytesType)
	value = protowire.AppendBytes(value, config)
	message = protowire.AppendTag(message, 2, protowire.BytesType)
	return protowire.AppendBytes(message, value)
}

func (p *Process) call(method string, message []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	var answer []byte
	err := p.conn.Invoke(ctx, "/tfplugin6.Provider/"+method, &message, &answer)
	return answer, err
}

// diagnosed calls a method and returns an error where the answer has a
// diagnostic, which is in the field of that number.
func (p *Process) diagnosed(method string, message []byte, diagnostics protowire.Number) error {
	answer, err := p.call(method, message)
	if err != nil {
		return err
	}
	for len(answer) > 0 {
		number, _, n := protowire.ConsumeField(answer)
		if n < 0 {
			return protowire.ParseError(n)
		}
		if number == diagnostics {
			return fmt.Errorf("%s: %q", method, answer[:n])
		}
		answer = answer[n:]
	}
	return nil
}

// CPU is the processor time that the process has used.
func (p *Process) CPU() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The fields behind the name, which may hold spaces, begin with the state;
	// utime and stime are the 12th and 13th of them, in hundredths of a second.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var ticks int64
	for _, field := range fields[11:13] {
		value, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += value
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// PeakMemory is the largest resident set that the process has had, in bytes.
func (p *Process) PeakMemory() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); err == nil {
			return kilobytes << 10, nil
		}
	}
	return 0, io.ErrUnexpectedEOF
}

// raw hands messages on as they are.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(message any) ([]byte, error) {
	bytes, ok := message.(*[]byte)
	if !ok {
		return nil, fmt.Errorf("unexpected message %T", message)
	}
	return *bytes, nil
}

func (raw) Unmarshal(data []byte, message any) error {
	bytes, ok := message.(*[]byte)
	if !ok {
		return fmt.Errorf("unexpected message %T", message)
	}
	*bytes = append((*bytes)[:0], data...)
	return nil
}
