#!/bin/sh
# Installs or updates the muster agent. The coordinator fills in the addresses of all coordinators, their CA and the
# artefacts' checksums.
# The whole script is one command: a shell that receives a part of it finds no closing brace and runs nothing.

{
set -eu

# include common.sh
. "${0%/*}/common.sh"

# Separated by spaces. COORDINATOR is the one that answered last.
COORDINATORS='@COORDINATORS@'
COORDINATOR=${COORDINATORS%% *}
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

# SHA-256 and name of each artefact.
artefacts() {
  cat <<'EOF'
@ARTEFACTS@
EOF
}

main() {
  # No program started below may see it.
  token=${MUSTER_TOKEN:-}
  plan_key=${MUSTER_PLAN_KEY:-}
  unset MUSTER_TOKEN MUSTER_PLAN_KEY

  require_root 'curl ... | MUSTER_TOKEN=... sudo -E sh'
  require_supported_host
  require_programs curl flock gzip sha256sum tar
  require_token
  require_plan_key
  agent_sum=$(sum_of agent.tar.gz)
  runtime_sum=$(sum_of "runtime-$arch.tar.gz")

  begin
  ca >"$work/ca.crt"
  make_prefix
  fetch runtime "$runtime_sum" "runtime-$arch.tar.gz"
  fetch agent "$agent_sum" agent.tar.gz
  # This installer's release replaces one on trial.
  rm -f $STATE/update/trial $STATE/update/failed
  use_release runtime "$runtime_sum"
  use_release agent "$agent_sum"
  configure
  enrol

  say "starting $UNIT" "正在启动 $UNIT"
  start_unit $UNIT "$PREFIX/agent/$UNIT"
  settle agent runtime
  say "installed. Watch the progress: $COORDINATOR/ or muster status --watch on the coordinator's host; journalctl -fu muster-agent on this host" \
    "已安装。查看进度：$COORDINATOR/ 或在协调器主机上运行 muster status --watch；在本机上运行 journalctl -fu muster-agent"
}

require_token() {
  case $token in
    '')
      [ -s $STATE/credential.json ] ||
        fail $EXIT_USAGE "MUSTER_TOKEN is not set and this host is not enrolled; create an install command on the coordinator's host (sudo requires -E)" \
          'MUSTER_TOKEN 未设置，且本机尚未接入；请在协调器主机上创建安装命令（sudo 需要 -E）' "muster token create $(hostname)"
      ;;
    *[!A-Za-z0-9_-]*) fail $EXIT_INPUT 'MUSTER_TOKEN is not an enrolment token; run the install command exactly as printed' \
      'MUSTER_TOKEN 不是接入令牌；请原样运行打印的安装命令' ;;
  esac
}

# Plans are followed if this key signed them. The pinned key changes only by hand.
require_plan_key() {
  case $plan_key in
    *[!A-Za-z0-9+/=]*) fail $EXIT_INPUT 'MUSTER_PLAN_KEY is not a public key; run the install command exactly as printed' \
      'MUSTER_PLAN_KEY 不是公钥；请原样运行打印的安装命令' ;;
  esac
  [ -z "$plan_key" ] || [ ! -e $CONFIG/plan.pub ] || [ "$(cat $CONFIG/plan.pub)" = "$plan_key" ] ||
    fail $EXIT_NOT_PERMITTED "this host follows plans signed with another key; if the key was replaced on purpose, delete $CONFIG/plan.pub and run the install command again" \
      "该主机遵循由其他密钥签名的计划；若确实更换了密钥，请删除 $CONFIG/plan.pub 并重新运行安装命令" "rm $CONFIG/plan.pub"
}

sum_of() {
  artefacts | while read -r sum name; do
    [ "$name" != "$1" ] || printf '%s' "$sum"
  done | grep . ||
    fail $EXIT_UNAVAILABLE "the coordinator has no $1; copy it to $PREFIX/artefacts on the coordinator's host and restart the coordinator" \
      "协调器没有 ${1}；请将其复制到协调器主机的 $PREFIX/artefacts 并重启协调器" 'systemctl restart muster-coordinator'
}

# fetch NAME SHA256 FILE: downloads and unpacks it unless this host has it.
fetch() {
  if has_release "$1" "$2"; then
    say "$1: already installed" "${1}：已安装"
    return
  fi
  say "$1: downloading" "${1}：正在下载"
  download "$3" "$2"
  unpack_release "$1" "$2" "$work/$3"
}

# download FILE SHA256: resumes after a broken connection.
download() {
  attempt=1
  until transfer "$1" || [ "$(sha256_of "$work/$1")" = "$2" ]; do
    case $curl_code in
      60 | 35 | 51 | 58 | 77 | 83)
        fail $EXIT_UNAVAILABLE "$COORDINATOR does not present the expected certificate; create a new install command on the coordinator's host" \
          "$COORDINATOR 未出示预期的证书；请在协调器主机上创建新的安装命令" "muster token create $(hostname)"
        ;;
    esac
    [ "$attempt" -lt 4 ] ||
      fail $EXIT_UNAVAILABLE "cannot download $COORDINATOR/artefacts/$1: $(tail -n 1 "$work/curl"); check the coordinator on its host" \
        "无法下载 $COORDINATOR/artefacts/${1}：$(tail -n 1 "$work/curl")；请在协调器主机上检查" 'systemctl status muster-coordinator'
    # The process ID spreads the retries of many hosts.
    sleep "$attempt.$(($$ % 10))"
    attempt=$((attempt + 1))
  done
  [ "$(sha256_of "$work/$1")" = "$2" ] ||
    fail $EXIT_INPUT "$1 has a wrong checksum and was discarded; if the coordinator was just updated, run the install command again" \
      "$1 的校验和错误，已丢弃；若协调器刚刚更新，请重新运行安装命令"
}

# transfer FILE: from the first coordinator that sends it.
transfer() {
  for COORDINATOR in $COORDINATOR $COORDINATORS; do
    ! transfer_from_one "$1" || return 0
    [ "$COORDINATORS" != "$COORDINATOR" ] || break
  done
  return $curl_code
}

transfer_from_one() {
  curl_code=0
  touch "$work/$1"
  curl --disable -fsS --noproxy '*' --cacert "$work/ca.crt" --connect-timeout 5 --speed-limit 1000 --speed-time 20 \
    -C - -o "$work/$1" "$COORDINATOR/artefacts/$1" 2>"$work/curl" || curl_code=$?
  return $curl_code
}

config() {
  case $COORDINATORS in
    *' '*)
      list=$(printf '"%s", ' $COORDINATORS)
      printf '{"coordinator": "%s", "coordinators": [%s]}' "$COORDINATOR" "${list%, }"
      ;;
    *) printf '{"coordinator": "%s"}' "$COORDINATOR" ;;
  esac
}

configure() {
  make_folder 0755 $CONFIG
  write_file 0644 $CONFIG/ca.crt <"$work/ca.crt"
  release_key | write_file 0644 $CONFIG/release.pub
  [ -z "$plan_key" ] || printf '%s\n' "$plan_key" | write_file 0644 $CONFIG/plan.pub
  write_file 0644 $CONFIG/config.json <<EOF
$(config)
EOF
  # Without compiled code the agent needs less memory.
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
  say "enrolling at $COORDINATOR" "正在接入 $COORDINATOR"
  code=0
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin $LAUNCHER enrol </dev/null || code=$?
  case $code in
    # Enrolled again: the departure of an earlier enrolment is over.
    0) rm -f $STATE/leaving && return ;;
    "$EXIT_INPUT" | "$EXIT_NOT_PERMITTED")
      # A refusal is final. After any other failure the host may be enrolled, and the agent's state proves its right to
      # use the same token again.
      [ -n "$known" ] || rm -rf $STATE
      ;;
  esac
  exit $code
}

main "$@"
exit
}
