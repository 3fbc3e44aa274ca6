# Functions of install.sh and setup.sh, in POSIX sh with the programs of a minimal Debian or Ubuntu.
# Every change calls remember() first, so that a failed run restores the previous state.
# shellcheck disable=SC2034 # the including script uses the variables

PREFIX=/opt/muster
RELEASES=$PREFIX/releases

# Exit codes of sysexits.h.
EXIT_USAGE=64
EXIT_INPUT=65
EXIT_UNAVAILABLE=69
EXIT_CANNOT_CREATE=73
EXIT_TRY_AGAIN=75
EXIT_NOT_PERMITTED=77

# in_chinese: whether the locale is Chinese.
in_chinese() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    zh | zh[_.@-]*) return 0 ;;
    *) return 1 ;;
  esac
}

# words EN ZH: the text in the locale's language.
words() {
  if in_chinese; then printf '%s' "$2"; else printf '%s' "$1"; fi
}

# say EN ZH
say() {
  printf 'muster: %s\n' "$(words "$1" "$2")"
}

# fail CODE EN ZH [COMMAND]: prints the error and the command that fixes it, and exits.
fail() {
  say "$2" "$3" >&2
  [ $# -lt 4 ] || printf '  %s\n' "$4" >&2
  exit "$1"
}

# require_root COMMAND
require_root() {
  [ "$(id -u)" -eq 0 ] || fail $EXIT_NOT_PERMITTED "root is required; running as $(id -un)" "需要 root 权限；当前用户为 $(id -un)" "$1"
}

require_supported_host() {
  [ -d /run/systemd/system ] ||
    fail $EXIT_INPUT "systemd is required; process 1 is $(cat /proc/1/comm)" "需要 systemd；1 号进程为 $(cat /proc/1/comm)"
  # shellcheck source=/dev/null
  os=$(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-unknown}")
  is_supported_system "$os" || fail $EXIT_INPUT "this host runs $os; supported: @SYSTEM_TITLES@" \
    "本机运行 ${os}；支持：@SYSTEM_TITLES_ZH@"
  dpkg_arch=$(dpkg --print-architecture)
  arch=$(architecture_of "$dpkg_arch")
  supported='@ARCHITECTURE_TITLES@'
  [ -n "$arch" ] || fail $EXIT_INPUT "this host is $dpkg_arch; supported: $supported" "本机架构为 ${dpkg_arch}；支持：$supported"
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

# architecture_of DPKG-NAME: prints the runtime's name for it; nothing if it is not supported.
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
  [ -z "$missing" ] || fail $EXIT_UNAVAILABLE "missing programs:$missing" "缺少程序：$missing" "apt-get install -y$missing"
}

# From here on a failure, a signal or a closed terminal restores the previous state.
begin() {
  umask 022
  exec 9>/run/muster-install.lock
  flock -n 9 || fail $EXIT_TRY_AGAIN 'muster is being installed or removed on this host; try again when that has finished' \
    '本机上正在安装或移除 muster；请在其结束后重试'
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
    say 'installation failed; the previous state was restored' '安装失败；已恢复先前的状态' >&2
  fi
  rm -rf "$work"
  exit "$status"
}

# remember PATH: records its current content, or that it does not exist.
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

# write_file MODE PATH <CONTENT: atomic.
write_file() {
  remember "$2"
  # Another user may have left a link there, when the folder was theirs, too.
  rm -f "$2.partial"
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

# has_release NAME SHA256: whether it is complete on disk.
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
    fail $EXIT_CANNOT_CREATE "cannot unpack $1 to $RELEASES" "无法将 $1 解包到 $RELEASES" "df -h $RELEASES"
  place_release "$1" "$2"
}

# place_release NAME SHA256: renames NAME-SHA.partial to NAME-SHA.
place_release() {
  release=$(release_path "$1" "$2")
  # An interrupted run may have left the same files, possibly incomplete on disk.
  [ -d "$release" ] || changed="$release $changed"
  rm -rf "$release"
  mv -T "$release.partial" "$release"
}

# use_release NAME SHA256: points PREFIX/NAME to it, atomically.
use_release() {
  remember "$PREFIX/$1"
  ln -sfn "releases/$(basename "$(release_path "$1" "$2")")" "$PREFIX/.$1.new"
  mv -fT "$PREFIX/.$1.new" "$PREFIX/$1"
}

# settle NAME...: syncs the releases in use to disk and deletes older ones.
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

# start_unit UNIT FILE: installs, enables and restarts it.
start_unit() {
  unit=$1
  write_file 0644 "/etc/systemd/system/$1" <"$2"
  remember "/etc/systemd/system/multi-user.target.wants/$1"
  systemctl daemon-reload
  systemctl --quiet enable "$1"
  systemctl restart "$1"
}
