// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	signature := strings.Repeat("0123456789abcdef", 4)
	redactor := NewRedactor()
	redactor.Add("secret+key/of40&x", "key/of40&x, and more", "test", "", "aXXXXXXa", `another%EB+&amp;/\/"x`)
	for name, tc := range map[string]struct {
		text string
		want string // the text itself if empty
	}{
		"no secret":                   {text: "no EC2 IMDS role found"},
		"no secret, with escapes":     {text: `100% of <b>\u003cb\u003e</b> \/ &amp; &unknown; \ud83d %2 %zz &#x110000; \`},
		"empty text":                  {text: ""},
		"as long as allowed":          {text: strings.Repeat("z", maxTextSize)},
		"longer than allowed":         {text: strings.Repeat("z", maxTextSize+1), want: "(524289 bytes, too long to be shown)"},
		"beginning at the end":        {text: "a secret+key/of", want: "a ***"},
		"escaped beginning":           {text: `a secret\u002bkey`, want: "a ***"},
		"short beginning at the end":  {text: "a secret+"[:8]},
		"secret shorter than allowed": {text: "the latest test"},
		"plain":                       {text: "a secret+key/of40&x b", want: "a *** b"},
		"another case":                {text: "Secret+Key/Of40&X", want: "***"},
		"twice in a row":              {text: "secret+key/of40&xsecret+key/of40&x", want: "******"},
		"JSON, lower-case hex":        {text: `secret\u002bkey\u002fof40\u0026x`, want: "***"},
		"JSON, upper-case hex":        {text: `secret\u002Bkey\u002Fof40\u0026x`, want: "***"},
		"JSON, escaped slash":         {text: `secret+key\/of40&x`, want: "***"},
		"URL, upper case":             {text: "a=secret%2Bkey%2Fof40%26x&b", want: "a=***&b"},
		"URL, lower case":             {text: "a=secret%2bkey%2fof40%26x&b", want: "a=***&b"},
		"HTML, decimal":               {text: "<p>secret&#43;key&#047;of40&amp;x</p>", want: "<p>***</p>"},
		"HTML, hexadecimal":           {text: "<p>secret&#x2b;key&#X2F;of40&#x26;x</p>", want: "<p>***</p>"},
		"HTML, names":                 {text: "<p>secret&plus;key&sol;of40&amp;x</p>", want: "<p>***</p>"},
		"every character escaped":     {text: "%73ecret%2Bkey%2Fof40%26%78", want: "***"},
		"JSON in JSON":                {text: `{\"a\":\"secret\\u002bkey\\\/of40&x\"}`, want: `{\"a\":\"***\"}`},
		"JSON in a URL":               {text: "%22secret%5Cu002bkey%5C%2Fof40%26x%22", want: "%22***%22"},
		"URL in HTML":                 {text: "&quot;secret&#37;2Bkey%2Fof40&percnt;26x&quot;", want: "&quot;***&quot;"},
		"HTML in JSON in a URL":       {text: `secret%5Cu0026%2343%3Bkey/of40%5Cu0026amp;x`, want: "***"},
		"other escapes around it": {
			text: `\u003cb\u003e 50%25 &lt;é&gt; secret\u002bkey/of40&x \/ %2B &amp;`,
			want: `\u003cb\u003e 50%25 &lt;é&gt; *** \/ %2B &amp;`,
		},
		"two secrets that overlap":           {text: "a secret+key/of40&x, and more b", want: "a *** b"},
		"a secret that overlaps with itself": {text: "aXXXXXXaXXXXXXa", want: "***"},
		"signature":                          {text: "Signature=" + signature + ", x", want: "Signature=***, x"},
		"signature, escaped":                 {text: "Signature%3D" + signature, want: "Signature%***"},
		"signature in upper case":            {text: strings.ToUpper(signature), want: "***"},
		"two signatures":                     {text: signature + "\n" + signature, want: "***\n***"},
		"signature next to a digit":          {text: `Signature=0` + signature + "a", want: `Signature=***`},
		"fewer digits than a signature":      {text: signature[1:]},
		"name of a cache file":               {text: "/cache/" + signature + ".json"},
		"secret with escapes, plain":         {text: `a another%EB+&amp;/\/"x b`, want: "a *** b"},
		"secret with escapes, in a URL":      {text: `another%25EB%2B%26amp;%2f%5C%2f%22x`, want: "***"},
		"secret with escapes, in JSON":       {text: `another%EB\u002b\u0026amp;\/\\\/\"x`, want: "***"},
		"secret with escapes, in HTML":       {text: `another%EB&#43;&amp;amp;/\/&quot;x`, want: "***"},
		"secret with escapes, HTML in JSON":  {text: `another%EB\u0026#43;\u0026amp;amp;/\\/\u0026quot;x`, want: "***"},
		"security token": {
			text: "host:h\nx-amz-security-token:AbC+/==\n\nX-Amz-Security-Token:d<br>",
			want: "host:h\nx-amz-security-token:***\n\nX-Amz-Security-Token:***<br>",
		},
		"user and password in a URL": {
			text: `proxy "http://me:p@ss@proxy:80" for https://example.com/a@b`,
			want: `proxy "http://***@proxy:80" for https://example.com/a@b`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := tc.want
			if want == "" {
				want = tc.text
			}
			if got := redactor.Redact(tc.text); got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestRedactPart(t *testing.T) {
	t.Parallel()
	redactor := NewRedactor()
	redactor.Add("secret+key/of40&x")
	long := strings.Repeat(" ", maxTextSize)
	for name, tc := range map[string]struct{ before, part, after, want string }{
		"no secret":               {before: "a", part: "b", after: "c", want: "b"},
		"secret":                  {before: "a", part: "b secret+key/of40&x c", after: "d", want: "b *** c"},
		"secret around it":        {before: "a secret", part: "+key/", after: "of40&x b", want: "***"},
		"secret across its start": {before: "a secret+key/o", part: "f40&x b", after: "c", want: "*** b"},
		"secret across its end":   {before: "a", part: "b s", after: "ecret+key/of40&x", want: "b ***"},
		"escape across its end":   {before: "a", part: "b secret%", after: "2bkey%2fof40%26x", want: "b ***"},
		"secret next to it":       {before: "secret+key/of40&x", part: "a", after: "secret+key/of40&x", want: "a"},
		"secrets across both":     {before: "secret+k", part: "ey/of40&x a sec", after: "ret+key/of40&x", want: "*** a ***"},
		"long text":               {before: long + "secret", part: "+key/of40&x a", after: long, want: "*** a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := len(tc.before)
			got := redactor.RedactPart(tc.before+tc.part+tc.after, start, start+len(tc.part))
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func random(n int) int { return rand.IntN(n) } //nolint:gosec // It needn't be unpredictable.

// encodings have the format of an escape and the characters that are always escaped.
var encodings = []struct{ format, special string }{
	{format: `\u%04x`, special: `\"<>&`},
	{format: `\u%04X`, special: `\"`},
	{format: "%%%02X", special: `% +/=&#;?\"<>`},
	{format: "%%%02x", special: `% +/=&#;?\"<>`},
	{format: "&#%d;", special: `&<>"'`},
	{format: "&#x%x;", special: `&<>"'+/=`},
	{format: "&#X%04X;", special: `&<>"'\`},
}

// randomEncoder returns a function that encodes a text by a random encoding,
// which also escapes some punctuation that needn't be escaped.
func randomEncoder() func(text string) string {
	encoding := encodings[random(len(encodings))]
	for _, c := range `+/=<>;` {
		if random(2) == 0 {
			encoding.special += string(c)
		}
	}
	return func(text string) string {
		var encoded strings.Builder
		for _, c := range text {
			if strings.ContainsRune(encoding.special, c) {
				fmt.Fprintf(&encoded, encoding.format, c)
			} else {
				encoded.WriteRune(c)
			}
		}
		return encoded.String()
	}
}

func TestRedactRandomEncodings(t *testing.T) {
	t.Parallel()
	const before, after = `<a href="x?y=1&z=2">100% \o/ `, ` "quoted" &c. \</a>`
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
	redactor := NewRedactor() // The goroutines share it.
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				secret := make([]byte, minSecretLength+random(40))
				for i := range secret {
					secret[i] = alphabet[random(len(alphabet))]
				}
				redactor.Add(string(secret))
				parts := []string{before, string(secret), after}
				for range random(maxEncodings + 1) {
					encode := randomEncoder()
					for i := range parts {
						parts[i] = encode(parts[i])
					}
				}
				want := parts[0] + redacted + parts[2]
				if got := redactor.Redact(strings.Join(parts, "")); got != want {
					t.Errorf("secret %s, encoded as %s\ngot  %s\nwant %s", secret, parts[1], got, want)
				}
			}
		})
	}
	group.Wait()
}
