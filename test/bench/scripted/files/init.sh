#!/bin/bash
# Creates the cluster on master01; kubeadm's output, including the join command, goes to /root/init.log.
# Usage: init.sh SOCKET [ENDPOINT]; with an endpoint, other masters can join and their certificates are uploaded.
set -euo pipefail
endpoint= options=()
if [ -n "${2-}" ]; then
  endpoint="controlPlaneEndpoint: $2
apiServer: {extraArgs: {permit-port-sharing: 'true'}}"
  options=(--upload-certs --ignore-preflight-errors=Port-6443)
fi

cat > /root/kubeadm-config.yml <<CONF
apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.168.0.130, bindPort: 6443}
nodeRegistration: {name: master01, criSocket: $1}
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
imageRepository: 192.168.0.1:5000/google_containers
networking: {podSubnet: 10.244.0.0/16}
$endpoint
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
conntrack: {maxPerCore: 0}
CONF
kubeadm init --config /root/kubeadm-config.yml "${options[@]}" > /root/init.log 2>&1
