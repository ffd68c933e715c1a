// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"fmt"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
)

const (
	// pageSize is the number of items that a page of a list is requested with. It is
	// the API's maximum.
	pageSize = 100

	// A list that exceeds one of these limits has no end, or would exhaust the memory.
	maxPages     = 1000
	maxItems     = 100_000
	maxTokenSize = 8 << 10
	maxListSize  = 256 << 20
)

// paged returns the operation op of the SDK as an iterator over its pages. The
// function page returns the number of items of a page, and the token of the next
// page. A list that has no end is an error, and so is a page that check rejects.
func paged[In, Out any](
	r *requester, name string, op sdkOperation[In, Out], check func(*In, *Out) string,
	setPage func(in *In, size *int32, token *string), page func(*Out) (items int, nextToken *string),
) PagedOperation[In, Out] {
	return func(ctx context.Context, in *In) iter.Seq2[*Out, error] {
		return func(yield func(*Out, error) bool) {
			limits := listLimits{seen: map[string]bool{}}
			for token := (*string)(nil); ; {
				setPage(in, aws.Int32(pageSize), token)
				req := r.newRequest(name)
				out, err := send(ctx, req, op, in, func(in *In, out *Out) string {
					items, nextToken := page(out)
					if problem := limits.add(items, req.bodySize, aws.ToString(nextToken)); problem != "" {
						return problem
					}
					return check(in, out)
				})
				if !yield(out, err) || err != nil {
					return
				}
				if _, token = page(out); aws.ToString(token) == "" {
					return
				}
			}
		}
	}
}

// listLimits counts what the pages of a list have.
type listLimits struct {
	seen               map[string]bool // the page tokens
	pages, items, size int
}

// add counts a page. It returns the problem with the list, or an empty string.
func (l *listLimits) add(items, size int, token string) string {
	l.pages++
	l.items += items
	l.size += size
	switch {
	case l.items > maxItems:
		return fmt.Sprintf("the list has more than %d items", maxItems)
	case l.size > maxListSize:
		return fmt.Sprintf("the list is larger than %d bytes", maxListSize)
	case token == "":
		return ""
	case l.pages == maxPages:
		return fmt.Sprintf("the list doesn't end after %d pages", maxPages)
	case len(token) > maxTokenSize:
		return fmt.Sprintf("the page token is longer than %d bytes", maxTokenSize)
	case l.seen[token]:
		return fmt.Sprintf("the page token %q was returned before", token)
	}
	l.seen[token] = true
	return ""
}
