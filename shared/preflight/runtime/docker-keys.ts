/** Top-level keys of daemon.json that some dockerd from 19.03 to 29 accepts; it refuses all others. */
export const dockerKeys: ReadonlySet<string> = new Set(
  `allow-direct-routing allow-nondistributable-artifacts api-cors-header authorization-plugins bip bip6 bridge
  bridge-accept-fwmark builder cdi-spec-dirs cgroup-parent cluster-advertise cluster-store cluster-store-opts containerd
  containerd-namespace containerd-plugin-namespace containerd-plugins-namespace cpu-rt-period cpu-rt-runtime data-root
  debug default-address-pools default-cgroupns-mode default-gateway default-gateway-v6 default-init default-ipc-mode
  default-network-opts default-runtime default-shm-size default-ulimits deprecated-key-path dns dns-opts dns-search
  exec-opts exec-root experimental features firewall-backend fixed-cidr fixed-cidr-v6 graph group host-gateway-ip
  host-gateway-ips hosts http-proxy https-proxy icc init init-path insecure-registries ip ip-forward ip-forward-no-drop
  ip-masq ip6tables iptables ipv6 isolation labels live-restore log-driver log-format log-level log-opts
  max-concurrent-downloads max-concurrent-uploads max-download-attempts metrics-addr min-api-version mtu
  network-control-plane-mtu network-diagnostic-port no-new-privileges no-proxy node-generic-resources nri-opts
  oom-score-adjust pidfile proxies raw-logs registry-mirrors rootless runtimes seccomp-profile selinux-enabled
  shutdown-timeout storage-driver storage-opts swarm-default-advertise-addr tls tlscacert tlscert tlskey tlsverify
  userland-proxy userland-proxy-path userns-remap`.split(/\s+/),
);

/** Options of docker's default log driver; it refuses those of others. */
export const jsonFileOptions: ReadonlySet<string> = new Set([
  ...['max-size', 'max-file', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag'],
  // Of every driver.
  ...['mode', 'max-buffer-size', 'cache-disabled', 'cache-max-size', 'cache-max-file', 'cache-compress'],
]);
