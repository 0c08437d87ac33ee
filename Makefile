SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Packages of their own; each has a scratch path that it shares with those beside it, so dependencies are built once.
EXAMPLES := Worker WebApp
EXAMPLES_BUILD := .build/examples
BENCHMARKS_BUILD := .build/benchmarks
WEBAPP := --package-path Examples/WebApp --scratch-path $(EXAMPLES_BUILD)

# What `demo` runs on.
BROKER := sqlite

# Real databases keep time by themselves: their tests run apart from the others, which keep the processors busy.
STORAGE_TESTS := SQJobsPostgresTests|SQJobsSQLiteTests

# These kill beaters, or take their broker away, for minutes: they run apart too, beside one another.
BEATER_TESTS := BeaterDeathTests|OutageTests

SWIFT_FILES = git ls-files -z --cached --others --exclude-standard '*.swift'

.PHONY: help
help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## runs the example: jobs executed, retried, failed, periodic; BROKER=sqs and BROKER=postgres start a server
	Tests/Support/install demo-$(BROKER)
	Examples/Worker/demo $(BROKER)

.PHONY: webapp
webapp: ## runs the example of a web app at http://127.0.0.1:8080, on a file in .build/webapp
	Tests/Support/install demo-sqlite
	swift build $(WEBAPP) --product webapp
	mkdir -p .build/webapp
	program="$$(swift build $(WEBAPP) --show-bin-path)/webapp" && cd .build/webapp && \
		"$$program" migrate && exec "$$program" serve

.PHONY: test
test: ## checks everything: style, warnings, all tests on real servers, the examples
	Tests/Support/install test
	$(MAKE) --no-print-directory lint test-build docs examples-build test-discovery
	Tests/Support/with-sqs Tests/Support/with-postgres $(MAKE) --no-print-directory test-run

.PHONY: test-unit
test-unit: test-build ## runs the tests that need no server
	swift test --skip-build --skip 'Integration|SQJobsPostgres'

.PHONY: test-storage
test-storage: ## runs the tests of the database adapters alone, on real databases
	Tests/Support/install test
	$(MAKE) --no-print-directory test-build
	Tests/Support/with-postgres swift test --skip-build --filter '$(STORAGE_TESTS)'

.PHONY: test-discovery
test-discovery: ## builds an app outside the repository that adds two products and the plugins, and runs it
	Tests/Discovery/outside $(EXAMPLES_BUILD)

.PHONY: test-browser
test-browser: ## looks at the example of a web app with a real browser; pictures of its pages go to .build/browser
	Tests/Support/install browser
	swift build $(WEBAPP) --product webapp
	.build/venv/bin/python Examples/WebApp/Tests/Browser/shop_test.py "$$(swift build $(WEBAPP) --show-bin-path)/webapp" \
		.build/browser

.PHONY: lint
lint: ## checks the style of all Swift files
	$(SWIFT_FILES) | xargs -0 swift format lint --strict --parallel

.PHONY: format
format: ## puts all Swift files into that style
	$(SWIFT_FILES) | xargs -0 swift format --in-place --parallel

.PHONY: bench
bench: ## measures against a fast SQS server and real stores, beside the bare loops that are the limit
	Tests/Support/install bench
	swift build -c release --package-path Tests/Benchmarks --scratch-path $(BENCHMARKS_BUILD)
	Tests/Support/with-postgres Tests/Benchmarks/run $(BENCHMARKS_BUILD)/release
	Tests/Support/with-postgres Tests/Benchmarks/run-brokers $(BENCHMARKS_BUILD)/release

.PHONY: docs
docs: ## checks that every public symbol is documented, and makes DocC's pages from the debug build, without a warning
	Tests/Support/docs/docs.py

.PHONY: docs-update
docs-update: test-build ## writes the parts of Documentation that are made from the code
	SQJOBS_DOCS_UPDATE=1 swift test --skip-build --filter DocumentationTests.GeneratedTests

.PHONY: clean
clean: ## removes all that was built, the Python tools included
	rm -rf .build

# Steps of `test`.

# A module may import only what its target names, and nothing of ours may warn. (Warnings are errors in Swift; the log
# also shows those of C and of the manifest.)
.PHONY: test-build
test-build: export SQJOBS_WARNINGS_AS_ERRORS := 1
test-build:
	mkdir -p .build
	swift build --build-tests --explicit-target-dependency-import-check error 2>&1 | tee .build/build.log
	! grep 'warning:' .build/build.log | grep -vE "/\.build/checkouts/|^warning: 'swift-"

.PHONY: examples-build
examples-build: $(EXAMPLES:%=example-build-%)

.PHONY: example-build-%
example-build-%:
	swift build --build-tests --package-path Examples/$* --scratch-path $(EXAMPLES_BUILD)

.PHONY: test-run
test-run: export SQJOBS_WARNINGS_AS_ERRORS := 1
test-run:
	swift test --skip-build --skip '$(STORAGE_TESTS)|$(BEATER_TESTS)'
	swift test --skip-build --filter '$(STORAGE_TESTS)'
	swift test --skip-build --filter '$(BEATER_TESTS)'
	for example in $(EXAMPLES); do \
		if [[ ! -d Examples/$$example/Tests ]]; then continue; fi; \
		swift test --skip-build --package-path Examples/$$example --scratch-path $(EXAMPLES_BUILD); \
	done
