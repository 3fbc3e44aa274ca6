#!/bin/sh
# Installs or updates the muster coordinator on this host. Run it in the unpacked release archive.

set -eu

FROM=$(cd "$(dirname "$0")" && pwd)
. "$FROM/common.sh"

CONFIG=/etc/muster
PLAN=$CONFIG/cluster.yaml
LAUNCHER=/usr/local/bin/muster
UNIT=muster-coordinator.service
UNIT_FILE=/etc/systemd/system/$UNIT
STATE=/var/lib/muster
SERVED='agent.tar.gz coordinator.tar.gz install.sh setup.sh common.sh'

usage() {
  if in_chinese; then
    cat <<EOF
在本机（第一个控制平面）上安装或更新 muster 协调器并启动。

用法：
  ./setup.sh [--plan FILE] [--restore BACKUP [--key-file FILE | --unencrypted]]

选项：
  --plan FILE        计划文件，安装为 ${PLAN}（默认保留现有计划）
  --restore BACKUP   从此备份恢复协调器及其计划；本机须使用原协调器的地址
  --key-file FILE    包含加密备份的恢复密钥或口令的文件（默认询问）
  --unencrypted      接受未加密的备份（无法验证其来源）
  -h, --help         显示此帮助

示例：
  ./setup.sh --plan cluster.yaml             从计划开始；示例见 $FROM/examples
  ./setup.sh --restore BACKUP.tar.gz.age     恢复协调器
EOF
  else
    cat <<EOF
Install or update the muster coordinator on this host, the first control plane, and start it.

Usage:
  ./setup.sh [--plan FILE] [--restore BACKUP [--key-file FILE | --unencrypted]]

Options:
  --plan FILE        Plan file, installed as $PLAN (default: keep the existing plan)
  --restore BACKUP   Restore the coordinator and its plan from this backup; this host needs the old coordinator's address
  --key-file FILE    File with the recovery key or passphrase of an encrypted backup (default: ask)
  --unencrypted      Accept a backup that is not encrypted, whose origin cannot be verified
  -h, --help         Show this help

Examples:
  ./setup.sh --plan cluster.yaml             Start with a plan; see $FROM/examples
  ./setup.sh --restore BACKUP.tar.gz.age     Restore a coordinator
EOF
  fi
}

main() {
  plan=
  backup=
  key=
  unencrypted=
  # Set by the agent of a further control plane: a folder with the keys that all coordinators share.
  standby=
  while [ $# -gt 0 ]; do
    case $1 in
      --plan)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--plan requires a file' '--plan 需要一个文件' './setup.sh --plan FILE'
        plan=$2
        shift 2
        ;;
      --plan=*)
        plan=${1#--plan=}
        shift
        ;;
      --restore)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--restore requires a backup' '--restore 需要一个备份' './setup.sh --restore BACKUP'
        backup=$2
        shift 2
        ;;
      --key-file)
        [ $# -ge 2 ] || fail $EXIT_USAGE '--key-file requires a file' '--key-file 需要一个文件' './setup.sh --restore BACKUP --key-file FILE'
        key=$2
        shift 2
        ;;
      --unencrypted)
        unencrypted=1
        shift
        ;;
      --standby)
        standby=$2
        shift 2
        ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        usage >&2
        fail $EXIT_USAGE "unknown option: $1" "未知选项：$1"
        ;;
    esac
  done
  require_root "sudo $0"
  require_supported_host
  require_programs flock getent gzip sha256sum tar useradd
  require_parts
  [ -z "$plan" ] || [ -r "$plan" ] || fail $EXIT_INPUT "plan not found: $plan" "找不到计划：$plan" "ls $FROM/examples"
  [ -z "$backup" ] || [ -r "$backup" ] || fail $EXIT_INPUT "backup not found: $backup" "找不到备份：$backup"

  begin
  install_programs
  [ -z "$standby" ] || set_aside_plan
  check_plan
  say 'installing the artefacts for hosts' '正在安装供主机下载的文件'
  place_artefacts
  use_release coordinator "$coordinator_sum"
  # With thousands of hosts, V8 would otherwise keep as much garbage as it keeps data.
  install_launcher $LAUNCHER coordinator --max-semi-space-size=8 --heap-growing-percent=25
  place_completion bash /usr/local/share/bash-completion/completions/muster
  place_completion zsh /usr/local/share/zsh/site-functions/_muster
  make_user
  [ -z "$backup" ] || restore
  if [ -n "$standby" ]; then place_keys; else place_plan; fi
  start_unit $UNIT $PREFIX/coordinator/$UNIT
  [ -n "$standby" ] || [ ! -e $PLAN ] || wait_until_it_answers
  settle coordinator runtime artefacts
  [ -n "$standby" ] || say_what_comes_next
}

require_parts() {
  [ -e "$FROM/runtime-$arch.tar.gz" ] ||
    fail $EXIT_INPUT "this archive is for another architecture; use muster-...-linux-$arch.tar.gz" \
      "此归档适用于其他架构；请使用 muster-...-linux-$arch.tar.gz"
  for part in agent.tar.gz coordinator.tar.gz install.sh common.sh "release-$arch.json" "release-$arch.json.sig" release.pub; do
    [ -e "$FROM/$part" ] || fail $EXIT_INPUT "$FROM/$part not found; unpack the release archive again and run setup.sh there" \
        "找不到 $FROM/${part}；请重新解包发布归档并在其中运行 setup.sh"
  done
}

install_programs() {
  runtime_sum=$(sha256_of "$FROM/runtime-$arch.tar.gz")
  coordinator_sum=$(sha256_of "$FROM/coordinator.tar.gz")
  make_prefix
  say 'unpacking the programs' '正在解包程序'
  has_release runtime "$runtime_sum" || unpack_release runtime "$runtime_sum" "$FROM/runtime-$arch.tar.gz"
  has_release coordinator "$coordinator_sum" || unpack_release coordinator "$coordinator_sum" "$FROM/coordinator.tar.gz"
  use_release runtime "$runtime_sum"
}

# An invalid plan ends the run before anything is in use; a newer muster may read the existing plan more strictly.
check_plan() {
  checked=$plan
  [ -n "$checked" ] || [ ! -e $PLAN ] || checked=$PLAN
  [ -n "$checked" ] || return 0
  $PREFIX/runtime/bin/node "$(release_path coordinator "$coordinator_sum")/main.js" plan check "$checked"
}

# All runtimes next to setup.sh are served; for hosts of another architecture, add the runtime of the other archive.
# Further control planes install the coordinator from here.
place_artefacts() {
  artefacts_sum=$(cd "$FROM" && sha256sum $SERVED runtime-*.tar.gz release* | sha256sum | cut -d ' ' -f 1)
  if ! has_release artefacts "$artefacts_sum"; then
    release=$(release_path artefacts "$artefacts_sum")
    rm -rf "$release.partial"
    mkdir "$release.partial"
    (cd "$FROM" && cp $SERVED runtime-*.tar.gz release* "$release.partial/") ||
      fail $EXIT_CANNOT_CREATE "cannot copy the artefacts to $RELEASES" "无法将文件复制到 $RELEASES" "df -h $RELEASES"
    chmod 0644 "$release.partial"/*
    place_release artefacts "$artefacts_sum"
  fi
  use_release artefacts "$artefacts_sum"
}

# place_completion SHELL FILE: a file of a missing shell does no harm.
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
  say "restoring $backup" "正在恢复 $backup"
  [ ! -e $UNIT_FILE ] || systemctl stop $UNIT
  make_folder 0750 $CONFIG
  # The command refuses to replace existing state and prints how to move it aside.
  [ -e $STATE ] || remember $STATE
  [ -e $PLAN ] || remember $PLAN
  $LAUNCHER restore "$backup" ${key:+--key-file "$key"} ${unencrypted:+--unencrypted}
}

# A plan that an earlier coordinator left on this host may be invalid by now; the other coordinators have the one in force.
set_aside_plan() {
  if [ -e $PLAN ] && [ ! -e $STATE ]; then
    aside=$PLAN.before-$(date -u +%Y%m%dT%H%M%SZ)
    remember $PLAN
    remember "$aside"
    mv -T $PLAN "$aside"
    say "moved the plan of an earlier coordinator to $aside" "已将先前协调器的计划移至 $aside"
  fi
}

# The plan comes from the other coordinators. Files beside it that are left from an earlier one are root's.
place_keys() {
  if [ -d $CONFIG ] && [ ! -e $STATE ]; then
    chown -hR root:muster $CONFIG
    find $CONFIG -type d -exec chmod 0770 {} +
  fi
  [ -d $CONFIG ] || make_folder 0770 $CONFIG
  chown -h root:muster $CONFIG
  [ -e $STATE ] || remember $STATE
  mkdir -p $STATE
  chown -h muster:muster $STATE
  chmod 0700 $STATE
  for key in "$standby"/*; do
    # Replaces what is there, and follows no link, also none to a folder (-T): the folder belongs to muster.
    [ ! -e "$key" ] || install -T -m 0600 -o muster -g muster "$key" "$STATE/${key##*/}"
  done
}

# refuse_foreign_link PATH: what the coordinator's user has linked to must not become readable for it.
refuse_foreign_link() {
  [ ! -L "$1" ] || [ "$(stat -c %u "$1")" -eq 0 ] ||
    fail $EXIT_NOT_PERMITTED "$1 is a link that another user made; delete it and run setup.sh again" \
      "$1 是其他用户创建的链接；请将其删除后重新运行 setup.sh" "rm $1"
}

# Several coordinators share the plan, so that each writes it: nothing is written there with root's power.
is_plan_shared() {
  [ "$(stat -c '%G %a' $CONFIG 2>/dev/null)" = 'muster 770' ]
}

place_plan() {
  if is_plan_shared; then
    # shellcheck disable=SC2016 # expanded by the inner shell
    [ -z "$plan" ] ||
      runuser -u muster -- sh -c 'umask 027 && cat >"$1.partial" && mv -f "$1.partial" "$1"' sh $PLAN <"$plan"
    return 0
  fi
  make_folder 0750 $CONFIG
  chown root:muster $CONFIG
  [ -z "$plan" ] || write_file 0640 $PLAN <"$plan"
  refuse_foreign_link $PLAN
  if [ -e $PLAN ]; then
    chown root:muster $PLAN
    chmod 0640 $PLAN
    $LAUNCHER plan check $PLAN >/dev/null ||
      fail $EXIT_INPUT "the plan names files that are not in $CONFIG; copy them there and run setup.sh again" \
        "计划引用的文件不在 $CONFIG 中；请将其复制到该目录后重新运行 setup.sh"
  else
    write_file 0640 $PLAN.example <"$FROM/examples/tutorial.yaml"
    chown root:muster $PLAN.example
  fi
}

wait_until_it_answers() {
  say 'waiting for the coordinator' '正在等待协调器'
  tries=60
  until $LAUNCHER status --json >/dev/null 2>&1; do
    tries=$((tries - 1))
    if [ $tries -eq 0 ]; then
      journalctl --no-pager --unit $UNIT --lines 15 --output cat >&2 || true
      fail $EXIT_UNAVAILABLE 'the coordinator does not answer; its last log lines are shown above' \
        '协调器无应答；其最后的日志见上文' "journalctl --unit $UNIT"
    fi
    sleep 0.5
  done
}

# Until the agent on this host opens the firewall, other hosts cannot reach the coordinator.
name_firewall() {
  ! firewall-cmd --state >/dev/null 2>&1 || firewall=firewalld
  ! grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf || firewall=ufw
  [ -z "${firewall-}" ] ||
    say "$firewall is active: run the install command on this host first; its agent opens the firewall for the planned hosts" \
      "${firewall} 已启用：请先在本机运行安装命令；本机的 agent 会为计划中的主机放行"
}

say_what_comes_next() {
  if [ -e $PLAN ]; then
    name_firewall
    say 'the coordinator is running. Next:' '协调器正在运行。接下来请运行：'
    cat <<EOF
  muster token create --workers         $(words 'print the install command for all workers' '打印所有工作节点的安装命令')
  muster token create CONTROL-PLANE     $(words 'print the install command for a control plane' '打印某个控制平面的安装命令')
  muster status --watch                 $(words 'watch the progress' '查看进度')
  muster login                          $(words 'print a link to the status page' '打印状态页的链接')
EOF
  else
    say 'installed; the coordinator starts once it has a plan. Next:' '已安装；有计划后协调器才会启动。接下来请运行：'
    cat <<EOF
  cp $PLAN.example $PLAN
  chgrp muster $PLAN                    $(words 'then edit the plan: hosts, versions, mirrors' '然后编辑计划：主机、版本、镜像源')
  muster plan check $PLAN
  systemctl start $UNIT
EOF
  fi
}

main "$@"
