#!/bin/sh
# Builds HEAD's release again, in a clone elsewhere and with a build cache of
# its own, and compares the checksums of all files with those in dist/.
set -eu
cd "$(dirname "$0")/.."

commit=$(git rev-parse HEAD)
if ! grep -qs "\"commit\":\"$commit\"" dist/metadata.json; then
	echo "dist/ is not built from $commit: run make release-snapshot." >&2
	exit 1
fi
# The tool is the one that built dist/: to build it anew, too, would show nothing.
goreleaser=$(go tool -modfile=tools/release/go.mod -n goreleaser)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git clone --quiet . "$work/elsewhere"
git -C "$work/elsewhere" checkout --quiet --detach "$commit"
GOCACHE="$work/cache" GPG_FINGERPRINT='' make -C "$work/elsewhere" release-snapshot GORELEASER="$goreleaser" >"$work/log" 2>&1 ||
	{ cat "$work/log" >&2; exit 1; }

for tree in . "$work/elsewhere"; do
	sort -k 2 "$tree"/dist/*_SHA256SUMS >"$work/$(basename "$tree").sums"
done
if ! diff -u "$work/..sums" "$work/elsewhere.sums"; then
	echo "Two builds of $commit differ. Was dist/ built from an unclean tree?" >&2
	exit 1
fi
echo "Two builds of $commit gave the same $(wc -l <"$work/elsewhere.sums") files."
