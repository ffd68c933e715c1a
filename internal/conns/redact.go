// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// redacted replaces a secret.
const redacted = "***"

// minSecretLength is the length of the shortest secret. Anything shorter may be
// a word of a message; simulated services accept keys such as "test".
const minSecretLength = 8

// maxTextSize is the maximum size of a text in bytes. No response of the API that
// needs to be read by a person is longer.
const maxTextSize = 512 << 10

// maxSecretSize is the size in bytes up to which an encoded secret is found by
// [Redactor.RedactPart]. A web identity token may have 20,000 characters.
const maxSecretSize = 32 << 10

// maxEncodings is how many times a secret may be encoded and is still found.
const maxEncodings = 3

var (
	// secretPatterns recognize secrets by the text around them, because their values
	// aren't known. The first group is the secret.
	secretPatterns = []*regexp.Regexp{
		// The signature of a request is hexadecimal SHA-256. What surrounds it may have
		// hexadecimal digits, too, such as "%3D".
		regexp.MustCompile(`(?i)([0-9a-f]{64,})(?:[^0-9a-f]|$)`),
		// STS returns the request that should have been signed.
		regexp.MustCompile(`(?i)x-amz-security-token:([^\s'"<&]+)`),
		// A URL can have a user and a password.
		regexp.MustCompile(`://([^/?#\s"]*)@`),
	}
	// escapePatterns match the escapes of URLs, JSON, and HTML. Each kind is decoded by
	// itself: a secret may contain what looks like an escape of another kind.
	escapePatterns = []*regexp.Regexp{
		regexp.MustCompile(`%[0-9A-Fa-f]{2}`),
		regexp.MustCompile(`\\u[0-9A-Fa-f]{4}|\\[/"\\]`),
		regexp.MustCompile(`&#[0-9]{1,7};|&#[xX][0-9A-Fa-f]{1,6};|&[A-Za-z]{2,8};`),
	}
)

// Redactor replaces secrets in texts. It knows every secret that was added to
// it, in plain text and with JSON, URL, and HTML escapes, up to three of them
// nested. The case of letters doesn't matter, because net/http changes it in the
// names of headers. It is safe for concurrent use.
type Redactor struct {
	mu      sync.RWMutex
	secrets []string // in lower case
}

// NewRedactor returns a redactor without secrets.
func NewRedactor() *Redactor { return &Redactor{} }

// Add adds secrets. Those that are shorter than eight characters are ignored.
func (r *Redactor) Add(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, secret := range secrets {
		secret = lowerCase(secret)
		if len(secret) >= minSecretLength && !slices.Contains(r.secrets, secret) {
			r.secrets = append(r.secrets, secret)
		}
	}
}

// span is the half-open range [start, end) of byte offsets in a text.
type span struct{ start, end int }

// Redact returns text with each secret replaced by "***". At the end of the text,
// it also replaces the beginning of a secret. A text that is longer than
// maxTextSize is replaced as a whole, because searching it takes seconds.
func (r *Redactor) Redact(text string) string {
	if len(text) > maxTextSize {
		return fmt.Sprintf("(%d bytes, too long to be shown)", len(text))
	}
	return r.RedactPart(text, 0, len(text))
}

// RedactPart returns text[start:end] with each secret replaced by "***" that
// overlaps it. It doesn't search the rest of a long text.
func (r *Redactor) RedactPart(text string, start, end int) string {
	offset := max(start-maxSecretSize, 0)
	spans := r.find(text[offset:min(end+maxSecretSize, len(text))])
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	var result strings.Builder
	from := start // the beginning of what isn't written yet
	for _, s := range spans {
		s.start, s.end = max(s.start+offset, start), min(s.end+offset, end)
		if s.end <= from || s.start >= s.end {
			continue
		}
		if s.start >= from {
			result.WriteString(text[from:s.start])
			result.WriteString(redacted)
		}
		from = s.end
	}
	result.WriteString(text[from:end])
	return result.String()
}

// find returns the spans of text that contain secrets, in each form that it can be
// decoded to.
func (r *Redactor) find(text string) []span {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var spans []span
	forms := []decodedText{{text: text}}
	seen := map[string]bool{text: true}
	for range maxEncodings + 1 {
		var next []decodedText
		for _, form := range forms {
			spans = slices.Concat(spans, r.findKnown(form), findPatterns(form))
			for _, escapes := range escapePatterns {
				if decoded := form.decode(escapes); !seen[decoded.text] {
					seen[decoded.text] = true
					next = append(next, decoded)
				}
			}
		}
		forms = next
	}
	return spans
}

// findKnown returns the spans of the original that have secrets of the redactor.
func (r *Redactor) findKnown(form decodedText) []span {
	var spans []span
	text := lowerCase(form.text)
	for _, secret := range r.secrets {
		for from := 0; ; {
			at := strings.Index(text[from:], secret)
			if at < 0 {
				break
			}
			spans = append(spans, form.original(from+at, from+at+len(secret)))
			from += at + 1
		}
		if size := cutSecret(text, secret); size > 0 {
			spans = append(spans, form.original(len(text)-size, len(text)))
		}
	}
	return spans
}

// findPatterns returns the spans of the original that match secretPatterns.
func findPatterns(form decodedText) []span {
	var spans []span
	for _, pattern := range secretPatterns {
		// What follows a secret may be what precedes the next one.
		for from := 0; ; {
			match := pattern.FindStringSubmatchIndex(form.text[from:])
			if match == nil {
				break
			}
			// The SDK names cache files after a SHA-256.
			isFile := strings.HasPrefix(form.text[from+match[3]:], ".json")
			if match[2] < match[3] && !isFile {
				spans = append(spans, form.original(from+match[2], from+match[3]))
			}
			from += match[3]
		}
	}
	return spans
}

// lowerCase returns text with the letters of ASCII in lower case. Unlike
// [strings.ToLower], it keeps the offset of each byte.
func lowerCase(text string) string {
	lower := []byte(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	return string(lower)
}

// cutSecret returns how many bytes of secret end the text, for example of a
// truncated response, or 0 if they are too few to be recognized.
func cutSecret(text, secret string) int {
	for size := min(len(text), len(secret)-1); size >= minSecretLength; size-- {
		if strings.HasSuffix(text, secret[:size]) {
			return size
		}
	}
	return 0
}

// redactValue returns the value of a log field without secrets.
func (r *Redactor) redactValue(value any) any {
	switch value := value.(type) {
	case nil, bool, int, int32, int64, float64:
		return value
	case map[string]any:
		redactedMap := make(map[string]any, len(value))
		for key, element := range value {
			redactedMap[r.Redact(key)] = r.redactValue(element)
		}
		return redactedMap
	case []string:
		elements := make([]string, len(value))
		for i := range value {
			elements[i] = r.Redact(value[i])
		}
		return elements
	}
	return r.Redact(fmt.Sprint(value))
}

// decodedText is a text that was decoded from an original.
type decodedText struct {
	text string
	// offsets has for each byte of the text, and for its end, the offset in the
	// original. It is nil if the text is the original.
	offsets []int
}

// original returns the span of the original that was decoded to text[start:end].
func (d decodedText) original(start, end int) span {
	if d.offsets == nil {
		return span{start, end}
	}
	return span{d.offsets[start], d.offsets[end]}
}

// decode decodes the escapes that match a pattern once.
func (d decodedText) decode(escapes *regexp.Regexp) decodedText {
	matches := escapes.FindAllStringIndex(d.text, -1)
	if len(matches) == 0 {
		return d
	}
	var text strings.Builder
	var offsets []int
	keep := func(from, to int) {
		text.WriteString(d.text[from:to])
		for i := from; i < to; i++ {
			offsets = append(offsets, d.original(i, i).start)
		}
	}
	from := 0
	for _, match := range matches {
		keep(from, match[0])
		plain := unescape(d.text[match[0]:match[1]])
		text.WriteString(plain)
		for range len(plain) {
			offsets = append(offsets, d.original(match[0], match[0]).start)
		}
		from = match[1]
	}
	keep(from, len(d.text))
	offsets = append(offsets, d.original(len(d.text), len(d.text)).start)
	return decodedText{text.String(), offsets}
}

// unescape returns the character that an escape of escapePatterns stands for, or
// the escape if it stands for none.
func unescape(escape string) string {
	switch {
	case escape[0] == '&':
		return html.UnescapeString(escape)
	case escape[0] == '%':
		if code, err := strconv.ParseUint(escape[1:], 16, 8); err == nil {
			return string([]byte{byte(code)})
		}
	case escape[1] == 'u':
		if code, err := strconv.ParseUint(escape[2:], 16, 16); err == nil {
			return string(rune(code))
		}
	default:
		return escape[1:]
	}
	return escape
}
