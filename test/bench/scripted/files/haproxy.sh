#!/bin/bash
# Has a host reach the API servers of all masters through haproxy on loopback, as lab.internal.
# Usage: haproxy.sh ADDRESS...
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends haproxy > /dev/null 2>&1
{
  cat <<CONF
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
frontend api
  bind 127.0.0.1:6443
  default_backend masters
backend masters
  option httpchk GET /readyz
  default-server check check-ssl verify none inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
CONF
  for address; do echo "  server $address $address:6443"; done
} > /etc/haproxy/haproxy.cfg
systemctl restart haproxy
echo '127.0.0.1 lab.internal' >> /etc/hosts
