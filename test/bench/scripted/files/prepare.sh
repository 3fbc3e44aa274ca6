#!/bin/bash
# The tutorial's host preparation before kubeadm.
# Usage: prepare.sh NAME docker|containerd
set -euo pipefail
name=$1 runtime=$2 registry=192.168.0.1:5000

hostnamectl set-hostname "$name"
printf "192.168.0.130 master01\n192.168.0.122 master02\n192.168.0.123 master03\n192.168.0.131 node01\n192.168.0.132 node02\n" >> /etc/hosts
swapoff -a
sed -ri 's/.*swap.*/#&/' /etc/fstab
cat > /etc/sysctl.d/k8s.conf <<'CONF'
net.bridge.bridge-nf-call-ip6tables = 1
net.bridge.bridge-nf-call-iptables = 1
net.ipv4.ip_forward = 1
CONF
modprobe br_netfilter 2> /dev/null || test -e /proc/sys/net/bridge/bridge-nf-call-iptables
sysctl -q -p /etc/sysctl.d/k8s.conf

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
if [ "$runtime" = docker ]; then
  apt-get install -y -qq --no-install-recommends docker.io > /dev/null 2>&1
  mkdir -p /etc/docker
  echo '{"exec-opts": ["native.cgroupdriver=systemd"], "insecure-registries": ["'$registry'"]}' > /etc/docker/daemon.json
  systemctl daemon-reload
  systemctl restart docker
  systemctl enable -q docker
else
  apt-get install -y -qq --no-install-recommends containerd > /dev/null 2>&1
  mkdir -p /etc/containerd
  cat > /etc/containerd/config.toml <<CONF
version = 2
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "$registry/google_containers/pause:3.2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = true
[plugins."io.containerd.grpc.v1.cri".registry.mirrors."$registry"]
endpoint = ["http://$registry"]
CONF
  systemctl restart containerd
  systemctl enable -q containerd
fi

curl -sf http://192.168.0.1:8080/kubernetes/doc/apt-key.gpg | gpg --dearmor > /usr/share/keyrings/kubernetes.gpg
echo 'deb [signed-by=/usr/share/keyrings/kubernetes.gpg] http://192.168.0.1:8080/kubernetes kubernetes-xenial main' \
  > /etc/apt/sources.list.d/kubernetes.list
apt-get update -qq
apt-get install -y -qq --no-install-recommends kubeadm=1.20.2-00 kubelet=1.20.2-00 kubectl=1.20.2-00 > /dev/null 2>&1
