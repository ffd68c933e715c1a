#!/bin/sh
# Builds the release of HEAD again, in another clone and with an empty build
# cache, and compares the checksums of all files with those in dist/.
set -eu
cd "$(dirname "$0")/.."

commit=$(git rev-parse HEAD)
if ! grep -qs "\"commit\":\"$commit\"" dist/metadata.json; then
	echo "dist/ was not built from commit $commit. Run make release-snapshot first." >&2
	exit 1
fi
# Both builds use the same goreleaser binary. Building it again would test nothing.
goreleaser=$(go tool -modfile=tools/release/go.mod -n goreleaser)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git clone --quiet . "$work/clone"
git -C "$work/clone" checkout --quiet --detach "$commit"
GOCACHE="$work/cache" GPG_FINGERPRINT='' \
	make -C "$work/clone" release-snapshot GORELEASER="$goreleaser" >"$work/log" 2>&1 ||
	{ cat "$work/log" >&2; exit 1; }

for tree in . "$work/clone"; do
	sort -k 2 "$tree"/dist/*_SHA256SUMS >"$work/$(basename "$tree").sums"
done
if ! diff -u "$work/..sums" "$work/clone.sums"; then
	echo "Two builds of commit $commit differ. Was dist/ built with uncommitted changes?" >&2
	exit 1
fi
echo "Two builds of commit $commit produced the same $(wc -l <"$work/clone.sums") files."
