# SPDX-License-Identifier: MIT
# Everything that people and machines do with a checkout. The build itself is CMake's: CMakePresets.json.
# `make demo` and `make test` work on a fresh Debian 12 and install what they need.

.PHONY: help demo test test-all bench bench-instructions format lint validate validate-sql services-up services-down clean

help:
	@echo "make demo                 the example program on this machine's own package data"
	@echo "                          (DB=postgresql, DB=mariadb or DB=<url>; ARGS=\"--echo --json …\")"
	@echo "make test                 all tests, under ASan and UBSan; concurrency under TSan"
	@echo "make test-all             also without sanitizers, with clang 19, optimized with the benchmarks,"
	@echo "                          equal hashes, all under TSan, libFuzzer in parsers and decoders"
	@echo "make bench                Azoth against the raw drivers and others: build/bench/report.md"
	@echo "make bench-instructions   the same counted in instructions, under valgrind"
	@echo "make format               format all sources"
	@echo "make lint                 formatting, house rules, clang-tidy"
	@echo "make validate             what can be checked without building, in seconds"
	@echo "make validate-sql         the SQL of SQL Server and Oracle, by published grammars (npm)"
	@echo "make services-up          start private database servers for this checkout; services-down stops them"
	@echo "make clean                remove build/"

demo test test-all bench bench-instructions format lint validate validate-sql:
	@scripts/pipeline.sh $@

services-up:
	@scripts/services up

services-down:
	@scripts/services down

clean:
	rm -rf build
