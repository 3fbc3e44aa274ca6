#!/bin/sh
# Removes the muster agent from this host, with --coordinator also the coordinator. Kubernetes stays unless --restore
# reverts muster's changes.

set -eu

PREFIX=/opt/muster
PRIOR=/var/lib/muster-agent/prior
# The agent installed a coordinator, or manages it, as one of several.
MARK=/var/lib/muster-agent/coordinator-installed
# Exists from the departure of a retired host until it is enrolled again.
LEAVING=/var/lib/muster-agent/leaving

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

usage() {
  if in_chinese; then
    cat <<EOF
从本机移除 muster 代理。

用法：
  $0 [--yes] [--restore [--purge] [--give-up-cluster]] [--coordinator]

选项：
  --yes               不询问确认
  --restore           将主机移出集群，并还原 muster 所做的全部更改
  --purge             同时移除 muster 安装的软件包
  --give-up-cluster   即使本机是唯一的控制平面也执行：集群将丢失
  --coordinator       同时移除协调器及其 CA 和数据库：其他主机上的代理将无法再连接
  -h, --help          显示此帮助
EOF
  else
    cat <<EOF
Remove the muster agent from this host.

Usage:
  $0 [--yes] [--restore [--purge] [--give-up-cluster]] [--coordinator]

Options:
  --yes               Do not ask for confirmation
  --restore           Remove the host from the cluster and revert all changes made by muster
  --purge             Also remove the packages that muster installed
  --give-up-cluster   Proceed even if this host is the only control plane: the cluster is lost
  --coordinator       Also remove the coordinator with its CA and database: agents on other hosts cannot connect again
  -h, --help          Show this help
EOF
  fi
}

# fail CODE EN ZH [COMMAND]
fail() {
  printf 'muster: %s\n' "$(words "$2" "$3")" >&2
  [ $# -lt 4 ] || printf '  %s\n' "$4" >&2
  exit "$1"
}

main() {
  yes=
  restore=
  how=
  coordinator=
  for option; do
    case $option in
      --yes) yes=1 ;;
      --restore) restore=1 ;;
      --purge | --give-up-cluster) how="$how $option" ;;
      --coordinator) coordinator=1 ;;
      # Run by the agent of a retired host, and again after a failure.
      --departed) [ -e $LEAVING ] || exit 0 ;;
      # Run by the agent of a host that is no longer a control plane.
      --only-coordinator)
        remove_coordinator
        systemctl daemon-reload
        exit
        ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        usage >&2
        fail 64 "unknown option: $option" "未知选项：$option"
        ;;
    esac
  done
  [ "$(id -u)" -eq 0 ] || fail 77 "root is required; running as $(id -un)" "需要 root 权限；当前用户为 $(id -un)" "sudo $0"
  [ -z "$how" ] || [ -n "$restore" ] || fail 64 "${how# } requires --restore" "${how# } 需要 --restore" "$0 --restore$how"
  [ -z "$restore" ] || [ ! -e $MARK ] || coordinator=1
  refuse_while_at_work
  confirm
  begin

  [ -z "$restore" ] || put_back
  remove_agent
  [ -z "$coordinator" ] || remove_coordinator
  # The coordinator shares the runtime.
  [ -e $PREFIX/coordinator ] || rm -rf $PREFIX
  systemctl daemon-reload
  say_what_stays
}

# The agent must collect the results of kubeadm and apt.
refuse_while_at_work() {
  units=$(systemctl list-units --plain --no-legend --state=active,activating 'muster-*.service') ||
    fail 69 'systemd does not list its units' '无法列出 systemd 单元' 'systemctl list-units'
  running=$(printf '%s\n' "$units" | cut -d ' ' -f 1 |
    grep -v -e '^muster-agent\.service$' -e '^muster-coordinator\.service$' || true)
  for unit in $running; do
    [ "$(systemctl show --property=SubState "$unit")" != SubState=running ] ||
      fail 75 "$unit is running; try again when it has finished" "$unit 正在运行；请在其结束后重试" "systemctl status $unit"
  done
}

# An installation would write what is removed here.
begin() {
  exec 9>/run/muster-install.lock
  flock -n 9 || fail 75 'muster is being installed on this host; try again when that has finished' \
    '本机上正在安装 muster；请在其结束后重试'
}

confirm() {
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail 64 'no terminal to ask for confirmation' '没有可供确认的终端' "$0 --yes"
  [ -z "$restore" ] || printf '%s\n' "$(words "This host leaves its cluster, and muster's changes are reverted${how:+ (${how# })}." \
    "本机将离开集群，muster 的更改会被还原${how:+（${how# }）}。")"
  words "Remove the muster agent${coordinator:+ and the coordinator with its CA and database} from $(hostname)? [y/N] " \
    "从 $(hostname) 移除 muster 代理${coordinator:+以及协调器（包括其 CA 和数据库）}？[y/N] "
  read -r answer
  case $answer in
    y | Y | yes | 是) ;;
    *) fail 1 'cancelled; nothing was changed' '已取消；未做任何更改' ;;
  esac
}

# A running agent would apply its changes again. On failure muster stays installed, so that this can be repeated.
put_back() {
  systemctl --quiet disable muster-agent.service
  systemctl stop muster-agent.service
  # shellcheck disable=SC2086 # several words
  /usr/local/bin/muster-agent put-back $how || fail $? 'not all changes were reverted; muster stays installed' \
    '部分更改未还原；muster 保持安装状态' "$0 --yes --restore$how"
}

# remove_unit UNIT
remove_unit() {
  [ -e "/etc/systemd/system/$1" ] || return 0
  systemctl --quiet disable "$1"
  systemctl stop "$1"
  rm -f "/etc/systemd/system/$1"
}

remove_agent() {
  remove_unit muster-agent.service
  systemctl stop muster-update-guard.timer 2>/dev/null || true
  rm -rf /etc/muster-agent /run/muster-agent /usr/local/bin/muster-agent $PREFIX/agent $PREFIX/update-guard $PREFIX/releases/agent-*
  # The recorded original files belong to the operator.
  [ ! -d /var/lib/muster-agent ] || find /var/lib/muster-agent -mindepth 1 -maxdepth 1 ! -path $PRIOR -exec rm -rf {} +
  rmdir $PRIOR /var/lib/muster-agent 2>/dev/null || true
}

remove_coordinator() {
  remove_unit muster-coordinator.service
  rm -f /usr/local/share/bash-completion/completions/muster /usr/local/share/zsh/site-functions/_muster
  rm -rf /var/lib/muster /run/muster /usr/local/bin/muster /etc/muster/cluster.yaml.example $PREFIX/coordinator \
    $PREFIX/artefacts $PREFIX/releases/coordinator-* $PREFIX/releases/artefacts-*
  [ ! -d /etc/muster ] || rmdir /etc/muster 2>/dev/null || chown -R root:root /etc/muster
  if getent passwd muster >/dev/null; then userdel muster; fi
}

say_what_stays() {
  printf 'muster: %s\n' "$(words 'removed. Not removed:' '已移除。未移除的内容：')"
  [ ! -d $PRIOR ] || echo "  $PRIOR          $(words 'original versions of the files that muster changed' 'muster 更改过的文件的原始版本')"
  [ -z "$restore" ] || echo "  $(words 'the Node object, if it exists. On a control plane:' 'Node 对象（如存在）。请在控制平面上运行：') kubectl delete node $(hostname)"
  [ ! -d /etc/muster ] || echo "  /etc/muster                          $(words 'the plan' '计划')"
  [ -n "$restore" ] || [ ! -e /etc/kubernetes ] || cat <<EOF
  $(words 'Kubernetes, which keeps running. To remove it:' 'Kubernetes，仍在运行。若要移除：')
    kubectl delete node $(hostname)     $(words '(on a control plane)' '（在控制平面上）')
    kubeadm reset
    apt-get purge --allow-change-held-packages kubeadm kubelet kubectl
EOF
}

main "$@"
