#!/bin/bash
# Applies the network plugin on master01.
set -euo pipefail
curl -sf http://192.168.0.1:8080/cni.yaml | kubectl --kubeconfig /etc/kubernetes/admin.conf apply -f -
