// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"sync/atomic"
	"time"
)

// workflow holds the responses that successive GetWorkflow calls return, or those
// that are returned over time.
type workflow struct {
	id        string
	responses []json.RawMessage // with a timeline, only the one before its first entry
	timeline  []timelineEntry   // in chronological order
	calls     atomic.Int64
}

// timelineEntry is the response once a duration has elapsed.
type timelineEntry struct {
	after    time.Duration
	response json.RawMessage
}

// next returns the response to another call.
func (w *workflow) next(elapsed time.Duration) json.RawMessage {
	return w.response(w.calls.Add(1), elapsed)
}

// current returns the latest response, or the first one before any call.
func (w *workflow) current(elapsed time.Duration) json.RawMessage {
	return w.response(max(w.calls.Load(), 1), elapsed)
}

// response returns the response to a call, which is counted from 1.
func (w *workflow) response(call int64, elapsed time.Duration) json.RawMessage {
	response := w.responses[min(call, int64(len(w.responses)))-1]
	for _, entry := range w.timeline {
		if entry.after <= elapsed {
			response = entry.response
		}
	}
	return response
}

// restarted returns a copy without calls.
func (w *workflow) restarted() *workflow {
	return &workflow{id: w.id, responses: w.responses, timeline: w.timeline}
}

// parseWorkflow parses a GetWorkflow response, an array of them, or one with a
// timeline.
func parseWorkflow(text json.RawMessage) (*workflow, error) {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return parseResponses(text)
	}
	members, err := objectMembers(text)
	if err != nil {
		return nil, err
	}
	id, err := parseWorkflowID(members)
	if err != nil {
		return nil, err
	}
	timeline, ok := members["Timeline"]
	if !ok {
		return &workflow{id: id, responses: []json.RawMessage{bytes.Clone(text)}}, nil
	}
	delete(members, "Timeline")
	entries, err := parseTimeline(timeline, members)
	if err != nil {
		return nil, within(err, "Timeline")
	}
	return &workflow{id: id, responses: []json.RawMessage{mustMarshal(members)}, timeline: entries}, nil
}

func parseResponses(text json.RawMessage) (*workflow, error) {
	w := &workflow{}
	if err := json.Unmarshal(text, &w.responses); err != nil || len(w.responses) == 0 {
		return nil, &problem{"", shorten(text), "at least 1 response"}
	}
	for i, response := range w.responses {
		members, err := objectMembers(response)
		if err != nil {
			return nil, within(err, i)
		}
		id, err := parseWorkflowID(members)
		switch {
		case err != nil:
			return nil, within(err, i)
		case i > 0 && id != w.id:
			return nil, &problem{pointer(i, "WorkflowId"), strconv.Quote(id), "the ID of the first response, " + w.id}
		}
		w.id = id
	}
	return w, nil
}

func parseWorkflowID(members map[string]json.RawMessage) (string, error) {
	id, err := stringMember(members, "WorkflowId")
	if err == nil && !workflowIDPattern.MatchString(id) {
		err = &problem{"/WorkflowId", strconv.Quote(id), "a match of " + workflowIDPattern.String()}
	}
	return id, err
}

// parseTimeline lays the members of each entry over the constant members.
func parseTimeline(text json.RawMessage, constant map[string]json.RawMessage) ([]timelineEntry, error) {
	var entries []map[string]json.RawMessage
	if err := json.Unmarshal(text, &entries); err != nil || len(entries) == 0 {
		return nil, &problem{"", shorten(text), "at least 1 entry"}
	}
	timeline := make([]timelineEntry, len(entries))
	for i, entry := range entries {
		after, err := stringMember(entry, "After")
		if err != nil {
			return nil, within(err, i)
		}
		duration, err := time.ParseDuration(after)
		switch {
		case err != nil || duration < 0:
			return nil, invalidDuration(pointer(i, "After"), after)
		case i > 0 && duration <= timeline[i-1].after:
			expected := fmt.Sprintf("more than the %s of the previous entry", timeline[i-1].after)
			return nil, &problem{pointer(i, "After"), strconv.Quote(after), expected}
		}
		members := maps.Clone(constant)
		maps.Copy(members, entry)
		delete(members, "After")
		timeline[i] = timelineEntry{after: duration, response: mustMarshal(members)}
	}
	return timeline, nil
}
