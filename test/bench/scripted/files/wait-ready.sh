#!/bin/bash
# Waits on master01 until COUNT nodes are Ready, for up to five minutes.
# Usage: wait-ready.sh COUNT
set -euo pipefail
ready() { kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes --no-headers 2> /dev/null | grep -cw Ready || true; }
end=$((SECONDS + 300))
until [ "$(ready)" = "$1" ]; do
  [ "$SECONDS" -lt "$end" ] || { echo "only $(ready) of $1 nodes are Ready after five minutes" >&2; exit 1; }
  sleep 0.5
done
