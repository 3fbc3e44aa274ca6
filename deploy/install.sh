#!/bin/sh
# Installs the muster agent on this host, or updates it. The coordinator fills in its address, its CA and the checksums of what it serves.
# Nothing runs before the last line has arrived whole.

set -eu

# include common.sh
. "${0%/*}/common.sh"

COORDINATOR='@COORDINATOR@'
STATE=/var/lib/muster-agent
CONFIG=/etc/muster-agent
LAUNCHER=/usr/local/bin/muster-agent
UNIT=muster-agent.service

ca() {
  cat <<'EOF'
@CA@
EOF
}

release_key() {
  cat <<'EOF'
@RELEASE_KEY@
EOF
}

# One line for each artefact: SHA-256, name.
artefacts() {
  cat <<'EOF'
@ARTEFACTS@
EOF
}

main() {
  # Out of the environment at once: no program that runs here needs it.
  token=${MUSTER_TOKEN:-}
  unset MUSTER_TOKEN

  require_root 'let the line that you pasted end in: | MUSTER_TOKEN=... sudo -E sh'
  require_supported_host
  require_programs curl flock gzip sha256sum tar
  require_token
  agent_sum=$(sum_of agent.tar.gz)
  runtime_sum=$(sum_of "runtime-$arch.tar.gz")

  begin
  ca >"$work/ca.crt"
  make_prefix
  fetch runtime "$runtime_sum" "runtime-$arch.tar.gz"
  fetch agent "$agent_sum" agent.tar.gz
  # From here on it is what this installer brings that is right.
  rm -f $STATE/update/trial $STATE/update/failed
  use_release runtime "$runtime_sum"
  use_release agent "$agent_sum"
  configure
  enrol

  say "starting $UNIT"
  start_unit $UNIT "$PREFIX/agent/$UNIT"
  settle agent runtime
  say "installed. What happens now: $COORDINATOR/ (a login link: muster login), muster status --watch; here: journalctl -fu muster-agent"
}

require_token() {
  case $token in
    '')
      [ -s $STATE/credential.json ] ||
        fail $EXIT_USAGE 'MUSTER_TOKEN is not set, and this host is not enrolled yet' \
          "make a line for it on the coordinator's host: muster token create $(hostname), and paste it as it is (sudo needs its -E)"
      ;;
    *[!A-Za-z0-9_-]*) fail $EXIT_INPUT 'MUSTER_TOKEN is not an enrolment token: paste the line as it was printed' ;;
  esac
}

sum_of() {
  artefacts | while read -r sum name; do
    [ "$name" != "$1" ] || printf '%s' "$sum"
  done | grep . ||
    fail $EXIT_UNAVAILABLE "the coordinator has no $1 for this host" \
      "put it into $PREFIX/artefacts on the coordinator's host, then: systemctl restart muster-coordinator"
}

# fetch NAME SHA256 FILE: downloads and unpacks what this host does not have yet.
fetch() {
  if has_release "$1" "$2"; then
    say "$1: this host has it already"
    return
  fi
  say "$1: downloading"
  download "$3" "$2"
  unpack_release "$1" "$2" "$work/$3"
}

# download FILE SHA256: goes on where a cut connection stopped.
download() {
  attempt=1
  until transfer "$1" || [ "$(sha256_of "$work/$1")" = "$2" ]; do
    case $curl_code in
      60 | 35 | 51 | 58 | 77 | 83)
        fail $EXIT_UNAVAILABLE "what answers at $COORDINATOR has not the certificate that this installer was made for" \
          'make a new line on the coordinator: muster token create'
        ;;
    esac
    [ "$attempt" -lt 4 ] ||
      fail $EXIT_UNAVAILABLE "$COORDINATOR/artefacts/$1 could not be downloaded: $(tail -n 1 "$work/curl")" \
        "is it running, and does this host reach it? On its host: systemctl status muster-coordinator"
    # The process id spreads hosts that were cut off together.
    sleep "$attempt.$(($$ % 10))"
    attempt=$((attempt + 1))
  done
  [ "$(sha256_of "$work/$1")" = "$2" ] ||
    fail $EXIT_INPUT "$1 arrived with another checksum than this installer names: nothing of it was used" \
      'was the coordinator updated just now? Paste the line again'
}

transfer() {
  curl_code=0
  touch "$work/$1"
  curl --disable -fsS --noproxy '*' --cacert "$work/ca.crt" --connect-timeout 5 --speed-limit 1000 --speed-time 20 \
    -C - -o "$work/$1" "$COORDINATOR/artefacts/$1" 2>"$work/curl" || curl_code=$?
  return $curl_code
}

configure() {
  make_folder 0755 $CONFIG
  write_file 0644 $CONFIG/ca.crt <"$work/ca.crt"
  release_key | write_file 0644 $CONFIG/release.pub
  write_file 0644 $CONFIG/config.json <<EOF
{"coordinator": "$COORDINATOR"}
EOF
  # It runs for months beside the host's own work: without machine code it needs less memory.
  install_launcher $LAUNCHER agent --lite-mode
  write_file 0755 $PREFIX/update-guard <"$PREFIX/agent/update-guard.sh"
}

enrol() {
  known=$([ ! -d $STATE ] || echo yes)
  mkdir -p $STATE
  chmod 0700 $STATE
  if [ -n "$token" ]; then
    remember $STATE/enrolment-token
    (umask 077 && printf '%s\n' "$token" >$STATE/enrolment-token)
  fi
  say "enrolling at $COORDINATOR"
  code=0
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin $LAUNCHER enrol </dev/null || code=$?
  case $code in
    0) return ;;
    "$EXIT_INPUT" | "$EXIT_NOT_PERMITTED")
      # A refusal is final. After anything else the coordinator may have let this host in, and what the agent has written
      # down is the proof that it needs to be let in again with the same token.
      [ -n "$known" ] || rm -rf $STATE
      ;;
  esac
  exit $code
}

# Not one byte less will do: a shell that reads up to here without the closing brace runs nothing.
{ main "$@"; exit; }
