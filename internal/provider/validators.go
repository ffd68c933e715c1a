// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// stringValidator validates a string attribute with a function. The validators
// that accept the empty string do so because hashicorp/aws treats it as unset.
type stringValidator struct {
	description string
	validate    func(value string) error // The error tells what was received, such as `got "x"`.
}

func (v stringValidator) Description(context.Context) string { return v.description }

func (v stringValidator) MarkdownDescription(context.Context) string { return v.description }

// ValidateString adds an error if the value is known and invalid.
func (v stringValidator) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.validate(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("Attribute %s %s, %v.", req.Path, v.description, err))
	}
}

// countValidator validates a number attribute that is a count.
type countValidator struct{}

func (countValidator) Description(context.Context) string {
	return fmt.Sprintf("must be a whole number from 0 to %d", math.MaxInt32)
}

func (v countValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateNumber adds an error if the value is known and invalid.
func (v countValidator) ValidateNumber(
	ctx context.Context, req validator.NumberRequest, resp *validator.NumberResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	value := req.ConfigValue.ValueBigFloat()
	if number, accuracy := value.Int64(); accuracy != big.Exact || number < 0 || number > math.MaxInt32 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("Attribute %s %s, got %s.", req.Path, v.Description(ctx), value.Text('g', 10)))
	}
}

// controlCharacterValidator doesn't quote the value, which can be a secret.
var controlCharacterValidator = stringValidator{
	description: "must not contain control characters, such as line breaks",
	validate: func(value string) error {
		if i := strings.IndexFunc(value, unicode.IsControl); i >= 0 {
			return fmt.Errorf("got U+%04X", []rune(value[i:])[0])
		}
		return nil
	},
}

// The patterns are those of hashicorp/aws.
var (
	arnPartitionPattern = regexp.MustCompile(`^aws(-[a-z]+)*$`)
	arnRegionPattern    = regexp.MustCompile(`^([a-z]{2}(-[a-z]+)+-\d{1,2})?$`)
	arnAccountPattern   = regexp.MustCompile(`^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})?$`)
)

var arnValidator = stringValidator{
	description: "must be an ARN, such as arn:aws:iam::123456789012:role/name",
	validate: func(value string) error {
		parsed, err := arn.Parse(value)
		if value == "" || (err == nil && arnPartitionPattern.MatchString(parsed.Partition) &&
			arnRegionPattern.MatchString(parsed.Region) && arnAccountPattern.MatchString(parsed.AccountID) &&
			parsed.Resource != "" && !strings.ContainsFunc(value, unicode.IsControl)) {
			return nil
		}
		return fmt.Errorf("got %q", value)
	},
}

var sessionDurationValidator = stringValidator{
	description: "must be a duration from 15 minutes (15m) to 12 hours (12h), such as 1h30m",
	validate: func(value string) error {
		duration, err := time.ParseDuration(value)
		if err != nil || duration < 15*time.Minute || duration > 12*time.Hour {
			return fmt.Errorf("got %q", value)
		}
		return nil
	},
}

var jsonObjectValidator = stringValidator{
	description: "must be a JSON object",
	validate: func(value string) error {
		if strings.TrimSpace(value) == "null" {
			return errors.New("got null")
		}
		if err := validation.JSONNoDuplicateKeys(value); err != nil {
			return fmt.Errorf("got invalid JSON: %w", err)
		}
		return nil
	},
}

// boolStringValidator is for skip_metadata_api_check, which is a string in
// hashicorp/aws because it has a third state.
var boolStringValidator = stringValidator{
	description: "must be true or false",
	validate: func(value string) error {
		if _, err := strconv.ParseBool(value); value != "" && err != nil {
			return fmt.Errorf("got %q", value)
		}
		return nil
	},
}

var httpURLValidator = stringValidator{
	description: "must be an http or https URL with a host, without a query, and of at most 2048 characters, such as " +
		"https://profile.eu-west-1.amazonaws.com",
	validate: func(value string) error {
		u, err := url.Parse(value)
		return validateURL(value, u, err, "http", "https")
	},
}

// proxyURLValidator also accepts a host and port, as hashicorp/aws does.
var proxyURLValidator = stringValidator{
	description: "must be the http, https, or socks5 URL of a proxy, of at most 2048 characters, such as " +
		"http://proxy.example.com:3128",
	validate: func(value string) error {
		schemes := []string{"http", "https", "socks5", "socks5h"}
		u, err := url.Parse(value)
		if err == nil && !slices.Contains(schemes, u.Scheme) && !strings.Contains(value, "://") {
			u, err = url.Parse("http://" + value)
		}
		return validateURL(value, u, err, schemes...)
	},
}

// maxURLLength is more than the length of any URL of an endpoint or a proxy.
const maxURLLength = 2048

func validateURL(value string, u *url.URL, err error, schemes ...string) error {
	if value == "" || (err == nil && len(value) <= maxURLLength && slices.Contains(schemes, u.Scheme) && isValidHost(u) &&
		!strings.ContainsAny(value, "?#")) {
		return nil
	}
	if value = redactPassword(value); value == "" {
		return errors.New("got a malformed URL")
	}
	return fmt.Errorf("got %.200q", value)
}

// maxHostLength is the maximum length of the name of a host in characters. In
// hostPattern, it would take 10 MB and 8 ms at the start of the provider.
const maxHostLength = 253

// hostPattern also matches a name that net/http converts to Punycode.
var hostPattern = regexp.MustCompile(`^[\pL\pM\pN._-]+$`)

func isValidHost(u *url.URL) bool {
	_, ipErr := netip.ParseAddr(u.Hostname())
	_, portErr := strconv.ParseUint(cmp.Or(u.Port(), "0"), 10, 16)
	isName := utf8.RuneCountInString(u.Hostname()) <= maxHostLength && hostPattern.MatchString(u.Hostname())
	return portErr == nil && (ipErr == nil || isName)
}

// redactPassword replaces the password in a URL. It returns "" if the URL is
// malformed and can contain a password.
func redactPassword(value string) string {
	u, err := url.Parse(value)
	switch {
	case err != nil, u.User == nil && strings.Contains(value, "@"):
		return ""
	case u.User != nil:
		return u.Redacted()
	}
	return value
}

func unencryptedDetail(endpoint, source string) string {
	return "Requests to " + redactPassword(endpoint) + source + " are not encrypted. Anyone who can read the traffic " +
		"can read the responses and use the session tokens and signatures.\n\nUse an https URL."
}

// isUnencrypted reports whether requests to the URL leave this machine unencrypted.
func isUnencrypted(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" || httpURLValidator.validate(endpoint) != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return !strings.EqualFold(u.Hostname(), "localhost") && (ip == nil || !ip.IsLoopback())
}
