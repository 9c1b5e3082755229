# The project's commands. `make report` and `make test` need nothing but a Swift toolchain: what the system lacks
# is installed by apt where that is permitted.

SWIFT ?= swift
PYTHON ?= python3
BUILD_FLAGS = --explicit-target-dependency-import-check error
# Where nab, tcpd and m3 lie for bench-accuracy.
SETS ?= ../shared/data/sets
PACKAGES = sqlite3:libsqlite3-dev libxml-2.0:libxml2-dev cairo:libcairo2-dev zlib:zlib1g-dev libzstd:libzstd-dev \
  libcmark-gfm:libcmark-gfm-dev+libcmark-gfm-extensions-dev

.PHONY: report build test browser-test browser kill-test fuzz bench bench-accuracy bench-statistics bench-site lint format man clean system-packages help

help:
	@echo "make report   build Assay and write the sample report to Output/"
	@echo "make test     build everything and run all tests"
	@echo "make browser-test  open every page of the sample report in headless Chromium (make browser installs it)"
	@echo "make kill-test  kill builds at 500 random moments and check that nothing is lost (KILLS, SECONDS, SEED)"
	@echo "make fuzz     feed every parser and the template engine with hostile input (FUZZ_SECONDS=60 for each)"
	@echo "make build    build the release command (.build/release/assay)"
	@echo "make bench    measure ingest, analysis, templates, charts and whole builds"
	@echo "make bench-accuracy  measure the methods on public collections beside published figures"
	@echo "make bench-statistics"
	@echo "              time the statistics against SciPy on the same arrays (PYTHON=python3 with scipy, ruptures)"
	@echo "make bench-site  time and memory of writing a site of 10,000 pages (PAGES=10000)"
	@echo "make man      write man pages into .build/man"
	@echo "make lint     check formatting and conventions"
	@echo "make format   format the sources"

report: build
	@./.build/release/assay build Fixtures/exports/sample --config Fixtures/configurations/sample.yaml \
	  --output Output --archive .assay/sample.sqlite

build: system-packages
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay

test: system-packages lint
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	$(SWIFT) test --skip-build
	ASSAY_TEMPLATES=$(CURDIR)/Templates ./.build/debug/assay-bench kill .build/debug/assay 9 120
	ASSAY_TEMPLATES=$(CURDIR)/Templates ./.build/debug/assay-bench site 100
	@rm -rf .build/browser-site
	@ASSAY_TEMPLATES=$(CURDIR)/Templates ./.build/debug/assay build Fixtures/exports/sample \
	  --config Fixtures/configurations/sample.yaml --output .build/browser-site/site \
	  --archive .build/browser-site/archive.sqlite --quiet
	@$(BROWSER_TEST) .build/browser-site/site

# Status 77 says that there is no browser, and that was said.
BROWSER_TEST = sh -c 'command -v $(PYTHON) >/dev/null || { echo "browser test skipped: no $(PYTHON)"; exit 0; }; \
  $(PYTHON) Scripts/browser-test.py "$$@"; status=$$?; test $$status = 77 || exit $$status' browser-test

# Every page, not only the largest of each kind.
browser-test: report
	@$(BROWSER_TEST) Output --all

browser:
	@command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium; }

# Builds killed at random moments of every stage; KILLS and SECONDS bound it, SEED repeats it.
KILLS ?= 500
SECONDS ?= 3600
SEED ?= 1
kill-test: build
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay-bench
	ASSAY_TEMPLATES=$(CURDIR)/Templates ./.build/release/assay-bench kill .build/release/assay $(KILLS) $(SECONDS) $(SEED)

# libFuzzer with the address sanitizer on every parser and the template engine; FUZZ_SECONDS for each of the ten.
FUZZ_SECONDS ?= 60
fuzz: system-packages
	SWIFT=$(SWIFT) Scripts/fuzz.sh $(FUZZ_SECONDS)

bench: build
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay-bench
	./.build/release/assay-bench

bench-accuracy: system-packages
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay-bench
	./.build/release/assay-bench accuracy $(SETS)

# A site of so many pages, of a group each: pages, seconds, peak memory.
PAGES ?= 10000
bench-site: system-packages
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay-bench
	ASSAY_TEMPLATES=$(CURDIR)/Templates ./.build/release/assay-bench site $(PAGES)

bench-statistics: system-packages
	$(SWIFT) build -c release $(BUILD_FLAGS) --product assay-bench
	./.build/release/assay-bench statistics $(PYTHON)

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

system-packages:
	@sh Scripts/system-packages.sh $(PACKAGES)

# The man pages of the command and its subcommands, into .build/man.
man: system-packages
	$(SWIFT) build $(BUILD_FLAGS) --product assay
	$(SWIFT) build $(BUILD_FLAGS) --product generate-manual
	mkdir -p .build/man
	./.build/debug/generate-manual .build/debug/assay --multi-page --output-directory .build/man

clean:
	rm -rf .build .build-fuzz .assay
	find Output -mindepth 1 -not -name .gitkeep -delete
