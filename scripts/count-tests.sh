#!/bin/sh
# Prints the number of passed, failed, and skipped tests after a test run.
# gotestsum sets the variables. Subtests count as tests.
set -eu

passed=$((TESTS_TOTAL - TESTS_FAILED - TESTS_SKIPPED))
summary="Tests: $passed passed, $TESTS_FAILED failed, $TESTS_SKIPPED skipped"
[ "$TESTS_ERRORS" -eq 0 ] || summary="$summary, $TESTS_ERRORS errors"
echo "$summary"
