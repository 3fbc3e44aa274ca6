# What install.sh and setup.sh share: functions only. POSIX sh, and the programs of a bare Debian or Ubuntu.
# Every change goes through remember() first, so that a run that fails puts back what it found.
# shellcheck disable=SC2034 # the variables are for those who include this

PREFIX=/opt/muster
RELEASES=$PREFIX/releases

# Exit codes, as sysexits.h has them.
EXIT_USAGE=64
EXIT_INPUT=65
EXIT_UNAVAILABLE=69
EXIT_CANNOT_CREATE=73
EXIT_TRY_AGAIN=75
EXIT_NOT_PERMITTED=77

say() {
  printf 'muster: %s\n' "$*"
}

# fail CODE WHAT [REMEDY]: says in one line what was seen and what is needed, then the command that mends it.
fail() {
  printf 'muster: %s\n' "$2" >&2
  [ $# -lt 3 ] || printf '  %s\n' "$3" >&2
  exit "$1"
}

# require_root REMEDY
require_root() {
  [ "$(id -u)" -eq 0 ] || fail $EXIT_NOT_PERMITTED "this needs root, and runs as $(id -un)" "$1"
}

require_supported_host() {
  [ -d /run/systemd/system ] ||
    fail $EXIT_INPUT "systemd does not run here (process 1 is $(cat /proc/1/comm)); muster needs a machine or VM that it has booted"
  # shellcheck source=/dev/null
  os=$(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-unknown}")
  is_supported_system "$os" || fail $EXIT_INPUT "this host runs $os; supported: @SYSTEM_TITLES@"
  dpkg_arch=$(dpkg --print-architecture)
  arch=$(architecture_of "$dpkg_arch")
  [ -n "$arch" ] || fail $EXIT_INPUT "this host is $dpkg_arch; supported: @ARCHITECTURE_TITLES@"
}

# One line for each supported system: ID, VERSION_ID. The release build fills in this table and the next.
systems() {
  cat <<'EOF'
@SYSTEMS@
EOF
}

# One line for each supported architecture: its name for dpkg, then for the runtime.
architectures() {
  cat <<'EOF'
@ARCHITECTURES@
EOF
}

# is_supported_system "ID VERSION_ID"
is_supported_system() {
  systems | grep -qxF "$1"
}

# architecture_of DPKG-NAME: prints the runtime's name for it; nothing where it is not supported.
architecture_of() {
  architectures | while read -r dpkg_name name; do
    [ "$dpkg_name" != "$1" ] || printf '%s' "$name"
  done
}

# require_programs NAME...
require_programs() {
  missing=
  for program; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  [ -z "$missing" ] || fail $EXIT_UNAVAILABLE "missing here:$missing" "apt-get install -y$missing"
}

# From here on a failure, a signal or a closed terminal puts everything back.
begin() {
  umask 022
  exec 9>/run/muster-install.lock
  flock -n 9 || fail $EXIT_TRY_AGAIN 'another installation is at work on this host: wait for its end, then try again'
  changed=
  unit=
  work=$(mktemp -d /var/tmp/muster.XXXXXX)
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

finish() {
  status=$?
  set +e
  trap - EXIT
  if [ "$status" -ne 0 ] && [ -n "$changed" ]; then
    put_back
    say 'what this run had installed is removed again' >&2
  fi
  rm -rf "$work"
  exit "$status"
}

# remember PATH: what is there now, or that nothing is.
remember() {
  if [ -e "$1" ] || [ -L "$1" ]; then
    mkdir -p "$work/prior${1%/*}"
    cp -a "$1" "$work/prior$1"
  fi
  changed="$1 $changed"
}

put_back() {
  for path in $changed; do
    rm -rf "$path"
    if [ -e "$work/prior$path" ] || [ -L "$work/prior$path" ]; then
      cp -a "$work/prior$path" "$path"
    fi
  done
  [ -n "$unit" ] || return 0
  systemctl daemon-reload
  if [ -e "/etc/systemd/system/$unit" ]; then systemctl restart "$unit"; else systemctl stop "$unit"; fi
}

# make_folder MODE PATH
make_folder() {
  if [ ! -d "$2" ]; then
    remember "$2"
    mkdir "$2"
  fi
  chmod "$1" "$2"
}

# write_file MODE PATH <CONTENT: complete or not at all.
write_file() {
  remember "$2"
  cat >"$2.partial"
  chmod "$1" "$2.partial"
  mv -f "$2.partial" "$2"
}

sha256_of() {
  sha256sum <"$1" | cut -d ' ' -f 1
}

# release_path NAME SHA256
release_path() {
  printf '%s/%s-%.12s' "$RELEASES" "$1" "$2"
}

# has_release NAME SHA256: only what is known to have reached the disk counts.
has_release() {
  [ -e "$(release_path "$1" "$2")/.complete" ]
}

make_prefix() {
  make_folder 0755 $PREFIX
  make_folder 0755 $RELEASES
}

# unpack_release NAME SHA256 ARCHIVE
unpack_release() {
  release=$(release_path "$1" "$2")
  rm -rf "$release.partial"
  mkdir "$release.partial"
  tar -xzf "$3" -C "$release.partial" --no-same-owner ||
    fail $EXIT_CANNOT_CREATE "$1 could not be unpacked to $RELEASES" "df -h $RELEASES"
  place_release "$1" "$2"
}

# place_release NAME SHA256: gives a folder NAME-SHA.partial its name.
place_release() {
  release=$(release_path "$1" "$2")
  # What stands there is of a run that was cut short: the same files, though perhaps not all of them reached the disk.
  [ -d "$release" ] || changed="$release $changed"
  rm -rf "$release"
  mv -T "$release.partial" "$release"
}

# use_release NAME SHA256: PREFIX/NAME points to it from now on; there is no moment without.
use_release() {
  remember "$PREFIX/$1"
  ln -sfn "releases/$(basename "$(release_path "$1" "$2")")" "$PREFIX/.$1.new"
  mv -fT "$PREFIX/.$1.new" "$PREFIX/$1"
}

# settle NAME...: the releases in use are on the disk; older ones go.
settle() {
  sync -f $RELEASES
  for name; do
    current=$(readlink -f "$PREFIX/$name")
    touch "$current/.complete"
    for release in "$RELEASES/$name"-*; do
      [ "$release" = "$current" ] || rm -rf "$release"
    done
  done
}

# install_launcher PATH PROGRAM [NODE-OPTION...]
install_launcher() {
  launcher=$1
  program=$2
  shift 2
  write_file 0755 "$launcher" <<EOF
#!/bin/sh
exec $PREFIX/runtime/bin/node${*:+ $*} $PREFIX/$program/main.js "\$@"
EOF
}

# start_unit UNIT FILE: installs, enables and (re)starts it.
start_unit() {
  unit=$1
  write_file 0644 "/etc/systemd/system/$1" <"$2"
  remember "/etc/systemd/system/multi-user.target.wants/$1"
  systemctl daemon-reload
  systemctl --quiet enable "$1"
  systemctl restart "$1"
}
