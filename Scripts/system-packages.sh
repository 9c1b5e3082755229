#!/bin/sh
# Checks that the C libraries are there (through pkg-config) and installs what is missing by apt where permitted.
# Arguments: MODULE:PACKAGE, the pkg-config module and the Debian package that brings it (several with + between).
set -eu

missing=""
have_pkg_config=yes
command -v pkg-config >/dev/null 2>&1 || { have_pkg_config=no; missing="pkg-config"; }
for pair in "$@"; do
    module=${pair%%:*}
    package=$(echo "${pair#*:}" | tr + ' ')
    if [ "$have_pkg_config" = no ] || ! pkg-config --exists "$module"; then missing="$missing $package"; fi
done
# Cairo measures and draws text with this family; without it widths would depend on the machine.
if ! command -v fc-list >/dev/null 2>&1; then missing="$missing fontconfig"; fi
if [ ! -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]; then missing="$missing fonts-dejavu-core"; fi
[ -n "$missing" ] || exit 0

run=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo"; else run="none"; fi
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$run" = none ]; then
    echo "Missing system packages:$missing. Install them with: apt-get install$missing" >&2
    exit 1
fi
echo "Installing system packages:$missing"
$run apt-get update -q >/dev/null
# shellcheck disable=SC2086 # the list is meant to be split
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $missing >/dev/null || {
    echo "apt-get could not install:$missing. Install them by hand and try again." >&2
    exit 1
}
