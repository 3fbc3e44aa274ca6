#!/bin/sh
# Takes the muster agent off this host; with --coordinator the coordinator too. Kubernetes itself stays as it is.

set -eu

PREFIX=/opt/muster
PRIOR=/var/lib/muster-agent/prior

usage() {
  cat <<EOF
usage: $0 [--yes] [--coordinator]

  --yes           does not ask
  --coordinator   removes the coordinator too, with its CA and its database: agents on other hosts can't reach it again
EOF
}

fail() {
  printf 'muster: %s\n' "$2" >&2
  [ $# -lt 3 ] || printf '  %s\n' "$3" >&2
  exit "$1"
}

main() {
  yes=
  coordinator=
  for option; do
    case $option in
      --yes) yes=1 ;;
      --coordinator) coordinator=1 ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        usage >&2
        fail 64 "what is $option?"
        ;;
    esac
  done
  [ "$(id -u)" -eq 0 ] || fail 77 "this needs root, and runs as $(id -un)" "sudo $0"
  refuse_while_at_work
  confirm

  remove_agent
  [ -z "$coordinator" ] || remove_coordinator
  # The coordinator uses the same runtime.
  [ -e $PREFIX/coordinator ] || rm -rf $PREFIX
  systemctl daemon-reload
  say_what_stays
}

# kubeadm and apt must not lose the one who picks up their result.
refuse_while_at_work() {
  units=$(systemctl list-units --plain --no-legend --state=active,activating 'muster-*.service') ||
    fail 69 'systemd does not say what is at work on this host' 'systemctl list-units'
  running=$(printf '%s\n' "$units" | cut -d ' ' -f 1 |
    grep -v -e '^muster-agent\.service$' -e '^muster-coordinator\.service$' || true)
  for unit in $running; do
    [ "$(systemctl show --property=SubState "$unit")" != SubState=running ] ||
      fail 75 "$unit is at work on this host: wait for its end, then try again" "systemctl status $unit"
  done
}

confirm() {
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail 64 'nobody to ask here' "$0 --yes"
  printf 'Remove the muster agent%s from %s? [y/N] ' "${coordinator:+ and the coordinator with its CA and database}" "$(hostname)"
  read -r answer
  case $answer in
    y | Y | yes) ;;
    *) fail 1 'nothing was changed' ;;
  esac
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
  rm -rf /etc/muster-agent /run/muster-agent /usr/local/bin/muster-agent $PREFIX/agent $PREFIX/releases/agent-*
  # What the host's files held before muster changed them is the operator's.
  [ ! -d /var/lib/muster-agent ] || find /var/lib/muster-agent -mindepth 1 -maxdepth 1 ! -path $PRIOR -exec rm -rf {} +
  rmdir $PRIOR /var/lib/muster-agent 2>/dev/null || true
}

remove_coordinator() {
  remove_unit muster-coordinator.service
  rm -f /usr/local/share/bash-completion/completions/muster /usr/local/share/zsh/site-functions/_muster
  rm -rf /var/lib/muster /run/muster /usr/local/bin/muster $PREFIX/coordinator /etc/muster/cluster.yaml.example
  rmdir /etc/muster 2>/dev/null || chown -R root:root /etc/muster
  if getent passwd muster >/dev/null; then userdel muster; fi
}

say_what_stays() {
  echo 'muster: removed. What stays:'
  [ ! -d $PRIOR ] || echo "  $PRIOR          files of this host as they were before muster changed them"
  [ ! -d /etc/muster ] || echo '  /etc/muster                          your plan'
  [ ! -e /etc/kubernetes ] || cat <<EOF
  Kubernetes on this host: it goes on running. To take it away as well:
    kubectl delete node $(hostname)     on a control plane
    kubeadm reset                   here
    apt-get purge --allow-change-held-packages kubeadm kubelet kubectl
EOF
}

main "$@"
