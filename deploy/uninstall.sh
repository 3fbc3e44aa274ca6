#!/bin/sh
# Takes the muster agent off this host; with --coordinator the coordinator too. Kubernetes itself stays as it is, unless --restore makes
# the host what it was before muster.

set -eu

PREFIX=/opt/muster
PRIOR=/var/lib/muster-agent/prior

usage() {
  cat <<EOF
usage: $0 [--yes] [--restore [--purge] [--give-up-cluster]] [--coordinator]

  --yes               does not ask
  --restore           takes the host out of the cluster, and puts back all that muster has changed on it
  --purge             takes along the packages that muster has installed
  --give-up-cluster   does so also on a host that holds the cluster itself: it is gone for good
  --coordinator       removes the coordinator too, with its CA and its database: agents on other hosts can't reach it again
EOF
}

fail() {
  printf 'muster: %s\n' "$2" >&2
  [ $# -lt 3 ] || printf '  %s\n' "$3" >&2
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
  [ -z "$how" ] || [ -n "$restore" ] || fail 64 "$how goes with --restore" "$0 --restore$how"
  refuse_while_at_work
  confirm

  [ -z "$restore" ] || put_back
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
  [ -z "$restore" ] || printf 'This host leaves its cluster, and becomes what it was before muster%s.\n' "${how:+ ($how )}"
  printf 'Remove the muster agent%s from %s? [y/N] ' "${coordinator:+ and the coordinator with its CA and database}" "$(hostname)"
  read -r answer
  case $answer in
    y | Y | yes) ;;
    *) fail 1 'nothing was changed' ;;
  esac
}

# The agent must not mend meanwhile what is put back. Where this fails nothing of muster is removed, so that it can be run again.
put_back() {
  systemctl --quiet disable muster-agent.service
  systemctl stop muster-agent.service
  # shellcheck disable=SC2086 # several words
  /usr/local/bin/muster-agent put-back $how || fail $? 'the host is not as before yet, and muster stays' "$0 --yes --restore$how"
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
  [ ! -d $PRIOR ] || echo "  $PRIOR          what muster changed on this host, as it was before"
  [ -z "$restore" ] || echo "  its Node object, if there is one:    kubectl delete node $(hostname), on a control plane"
  [ ! -d /etc/muster ] || echo '  /etc/muster                          your plan'
  [ -n "$restore" ] || [ ! -e /etc/kubernetes ] || cat <<EOF
  Kubernetes on this host: it goes on running. To take it away as well:
    kubectl delete node $(hostname)     on a control plane
    kubeadm reset                   here
    apt-get purge --allow-change-held-packages kubeadm kubelet kubectl
EOF
}

main "$@"
