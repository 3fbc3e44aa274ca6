#!/bin/sh
# Restores the previous agent unless the updated one reports in time. Depends on nothing that an update replaces.
#   update-guard start    before each start of the agent: starts the 55 s timer of an agent on trial
#   update-guard expire   when the timer ends: the trial has failed

set -eu

PREFIX=/opt/muster
STATE=/var/lib/muster-agent/update
UNIT=muster-update-guard

value() {
  sed -n "s/^$1=//p" $STATE/trial | head -n 1
}

# use NAME LINK: atomic.
use() {
  case $2 in releases/*) ;; *) return 0 ;; esac
  [ -d "$PREFIX/$2" ] || return 0
  ln -sfn "$2" "$PREFIX/.$1.before"
  mv -fT "$PREFIX/.$1.before" "$PREFIX/$1"
}

start() {
  # A timer of an earlier start keeps running; after a power failure it starts again.
  systemctl --quiet is-active $UNIT.timer || systemd-run --quiet --unit=$UNIT --on-active=55 \
    --timer-property=AccuracySec=1s $PREFIX/update-guard expire
}

expire() {
  version=$(value version)
  use agent "$(value agent)"
  use runtime "$(value runtime)"
  printf 'version=%s\nmessage=%s\n' "$version" "$version did not report within a minute; the previous agent was restored" >$STATE/failed.partial
  sync $STATE/failed.partial
  mv -f $STATE/failed.partial $STATE/failed
  rm -f $STATE/trial
  sync -f $STATE $PREFIX
  systemctl restart muster-agent.service
}

[ -e $STATE/trial ] || exit 0
case ${1:-} in
  start) start ;;
  expire) expire ;;
  *) exit 64 ;;
esac
