#!/bin/sh
# Installs muster's coordinator on this host, or updates it: run it where the release archive was unpacked.

set -eu

FROM=$(cd "$(dirname "$0")" && pwd)
. "$FROM/common.sh"

CONFIG=/etc/muster
PLAN=$CONFIG/cluster.yaml
LAUNCHER=/usr/local/bin/muster
UNIT=muster-coordinator.service
UNIT_FILE=/etc/systemd/system/$UNIT
STATE=/var/lib/muster

usage() {
  cat <<EOF
usage: ./setup.sh [--plan FILE] [--restore BACKUP [--key-file FILE]]

Installs the muster coordinator on this host, the first control plane, and starts it. Run again from a newer release, it updates.

  --plan FILE   the plan to work by; it becomes $PLAN. Without it, the plan that is there stays.
                $FROM/examples has plans to start from.
  --restore BACKUP
                bring back the coordinator that this backup was made of: on a new machine with the old one's address. Its plan
                comes with it, unless --plan names another.
  --key-file FILE
                the recovery key or the passphrase of an encrypted backup; without it, it is asked for
EOF
}

main() {
  plan=
  backup=
  key=
  while [ $# -gt 0 ]; do
    case $1 in
      --plan)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--plan needs a file' './setup.sh --plan FILE'
        plan=$2
        shift 2
        ;;
      --plan=*)
        plan=${1#--plan=}
        shift
        ;;
      --restore)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--restore needs a backup' './setup.sh --restore BACKUP'
        backup=$2
        shift 2
        ;;
      --key-file)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--key-file needs a file' './setup.sh --restore BACKUP --key-file FILE'
        key=$2
        shift 2
        ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        usage >&2
        fail $EXIT_USAGE "what is $1?"
        ;;
    esac
  done
  require_root "sudo $0"
  require_supported_host
  require_programs flock getent gzip sha256sum tar useradd
  require_parts
  [ -z "$plan" ] || [ -r "$plan" ] || fail $EXIT_INPUT "there is no plan at $plan" "ls $FROM/examples"

  [ -z "$backup" ] || [ -r "$backup" ] || fail $EXIT_INPUT "there is no backup at $backup"

  begin
  install_programs
  check_plan
  say 'installing what the hosts will download'
  place_artefacts
  use_release coordinator "$coordinator_sum"
  install_launcher $LAUNCHER coordinator
  place_completion bash /usr/local/share/bash-completion/completions/muster
  place_completion zsh /usr/local/share/zsh/site-functions/_muster
  make_user
  [ -z "$backup" ] || restore
  place_plan
  start_unit $UNIT $PREFIX/coordinator/$UNIT
  [ ! -e $PLAN ] || wait_until_it_answers
  settle coordinator runtime artefacts
  say_what_comes_next
}

require_parts() {
  [ -e "$FROM/runtime-$arch.tar.gz" ] ||
    fail $EXIT_INPUT "this archive has no runtime for $arch: it was made for another architecture" \
      "take the archive muster-...-linux-$arch.tar.gz"
  for part in agent.tar.gz coordinator.tar.gz install.sh "release-$arch.json" "release-$arch.json.sig" release.pub; do
    [ -e "$FROM/$part" ] || fail $EXIT_INPUT "$FROM has no $part" 'unpack the release archive again, and run setup.sh there'
  done
}

install_programs() {
  runtime_sum=$(sha256_of "$FROM/runtime-$arch.tar.gz")
  coordinator_sum=$(sha256_of "$FROM/coordinator.tar.gz")
  make_prefix
  say 'unpacking the programs'
  has_release runtime "$runtime_sum" || unpack_release runtime "$runtime_sum" "$FROM/runtime-$arch.tar.gz"
  has_release coordinator "$coordinator_sum" || unpack_release coordinator "$coordinator_sum" "$FROM/coordinator.tar.gz"
  use_release runtime "$runtime_sum"
}

# A plan with a mistake ends it here, before anything is in use; also the present plan, which a newer muster may read more strictly.
check_plan() {
  checked=$plan
  [ -n "$checked" ] || [ ! -e $PLAN ] || checked=$PLAN
  [ -n "$checked" ] || return 0
  $PREFIX/runtime/bin/node "$(release_path coordinator "$coordinator_sum")/main.js" plan check "$checked"
}

# Every runtime that lies beside setup.sh is served: for hosts of another architecture, add theirs from the other archive.
place_artefacts() {
  artefacts_sum=$(cd "$FROM" && sha256sum agent.tar.gz install.sh runtime-*.tar.gz release* | sha256sum | cut -d ' ' -f 1)
  if ! has_release artefacts "$artefacts_sum"; then
    release=$(release_path artefacts "$artefacts_sum")
    rm -rf "$release.partial"
    mkdir "$release.partial"
    cp "$FROM/agent.tar.gz" "$FROM/install.sh" "$FROM"/runtime-*.tar.gz "$FROM"/release* "$release.partial/" ||
      fail $EXIT_CANNOT_CREATE "the artefacts could not be copied to $RELEASES" "df -h $RELEASES"
    chmod 0644 "$release.partial"/*
    place_release artefacts "$artefacts_sum"
  fi
  use_release artefacts "$artefacts_sum"
}

# place_completion SHELL FILE: Tab completes commands and host names; a file of a shell that is not here hurts nobody.
place_completion() {
  mkdir -p "${2%/*}"
  $LAUNCHER completion "$1" >"$work/completion"
  write_file 0644 "$2" <"$work/completion"
}

make_user() {
  getent passwd muster >/dev/null ||
    useradd --system --user-group --no-create-home --home-dir /var/lib/muster --shell /usr/sbin/nologin muster
}

restore() {
  say "restoring $backup"
  [ ! -e $UNIT_FILE ] || systemctl stop $UNIT
  make_folder 0750 $CONFIG
  # What stands there is not replaced: the command refuses, and says how to put it aside.
  [ -e $STATE ] || remember $STATE
  [ -e $PLAN ] || remember $PLAN
  $LAUNCHER restore "$backup" ${key:+--key-file "$key"}
}

place_plan() {
  make_folder 0750 $CONFIG
  chown root:muster $CONFIG
  [ -z "$plan" ] || write_file 0640 $PLAN <"$plan"
  if [ -e $PLAN ]; then
    chown root:muster $PLAN
    chmod 0640 $PLAN
    $LAUNCHER plan check $PLAN >/dev/null ||
      fail $EXIT_INPUT "the plan reads files that stand beside it, and not in $CONFIG" "copy them to $CONFIG, then run this again"
  else
    write_file 0640 $PLAN.example <"$FROM/examples/tutorial.yaml"
    chown root:muster $PLAN.example
  fi
}

wait_until_it_answers() {
  say 'waiting for the coordinator to answer'
  tries=60
  until $LAUNCHER status --json >/dev/null 2>&1; do
    tries=$((tries - 1))
    if [ $tries -eq 0 ]; then
      journalctl --no-pager --unit $UNIT --lines 15 --output cat >&2 || true
      fail $EXIT_UNAVAILABLE 'the coordinator does not answer; its last words stand above'
    fi
    sleep 0.5
  done
}

say_what_comes_next() {
  if [ -e $PLAN ]; then
    cat <<EOF
muster: the coordinator runs. Next:
  muster token create --workers         the line to paste on every worker
  muster token create CONTROL-PLANE     the line for this host, by its name in the plan
  muster status --watch                 how far they are
  muster login                          a link to the status page
EOF
  else
    cat <<EOF
muster: installed; it starts once it has a plan. Next:
  cp $PLAN.example $PLAN
  chgrp muster $PLAN                    then edit it: hosts, versions, mirrors
  muster plan check $PLAN
  systemctl start $UNIT
EOF
  fi
}

main "$@"
