/**
 * Command-line flags of kube-apiserver, kube-controller-manager, kube-scheduler and the kubelet, as their `--help` lists
 * them in Kubernetes 1.20. Later versions have others, so that only a name that resembles one of these is judged.
 */
export const knownFlags: readonly string[] = `
  add-dir-header address admission-control admission-control-config-file advertise-address algorithm-provider
  allocate-node-cidrs allow-privileged allowed-unsafe-sysctls alsologtostderr anonymous-auth api-audiences
  apiserver-count application-metrics-count-limit attach-detach-reconcile-sync-period audit-log-batch-buffer-size
  audit-log-batch-max-size audit-log-batch-max-wait audit-log-batch-throttle-burst audit-log-batch-throttle-enable
  audit-log-batch-throttle-qps audit-log-compress audit-log-format audit-log-maxage audit-log-maxbackup
  audit-log-maxsize audit-log-mode audit-log-path audit-log-truncate-enabled audit-log-truncate-max-batch-size
  audit-log-truncate-max-event-size audit-log-version audit-policy-file audit-webhook-batch-buffer-size
  audit-webhook-batch-max-size audit-webhook-batch-max-wait audit-webhook-batch-throttle-burst
  audit-webhook-batch-throttle-enable audit-webhook-batch-throttle-qps audit-webhook-config-file
  audit-webhook-initial-backoff audit-webhook-mode audit-webhook-truncate-enabled
  audit-webhook-truncate-max-batch-size audit-webhook-truncate-max-event-size audit-webhook-version
  authentication-kubeconfig authentication-skip-lookup authentication-token-webhook
  authentication-token-webhook-cache-ttl authentication-token-webhook-config-file authentication-token-webhook-version
  authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig authorization-mode
  authorization-policy-file authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl
  authorization-webhook-config-file authorization-webhook-version azure-container-registry-config bind-address
  boot-id-file bootstrap-kubeconfig cert-dir cgroup-driver cgroup-root cgroups-per-qos chaos-chance
  cidr-allocator-type client-ca-file cloud-config cloud-provider cloud-provider-gce-l7lb-src-cidrs cluster-cidr
  cluster-dns cluster-domain cluster-name cluster-signing-cert-file cluster-signing-duration cluster-signing-key-file
  cluster-signing-kube-apiserver-client-cert-file cluster-signing-kube-apiserver-client-key-file
  cluster-signing-kubelet-client-cert-file cluster-signing-kubelet-client-key-file
  cluster-signing-kubelet-serving-cert-file cluster-signing-kubelet-serving-key-file
  cluster-signing-legacy-unknown-cert-file cluster-signing-legacy-unknown-key-file cni-bin-dir cni-cache-dir
  cni-conf-dir concurrent concurrent-deployment-syncs concurrent-endpoint-syncs concurrent-gc-syncs
  concurrent-namespace-syncs concurrent-rc-syncs concurrent-replicaset-syncs concurrent-resource-quota-syncs
  concurrent-service-endpoint-syncs concurrent-service-syncs concurrent-serviceaccount-token-syncs
  concurrent-statefulset-syncs concurrent-ttl-after-finished-syncs config configure-cloud-routes container-hints
  container-log-max-files container-log-max-size container-runtime container-runtime-endpoint containerd
  containerd-namespace contention-profiling controller-start-interval controllers cors-allowed-origins cpu-cfs-quota
  cpu-cfs-quota-period cpu-manager-policy cpu-manager-reconcile-period default-not-ready-toleration-seconds
  default-unreachable-toleration-seconds default-watch-cache-size delete-collection-workers
  deployment-controller-sync-period disable-admission-plugins disable-attach-detach-reconcile-sync docker
  docker-endpoint docker-env-metadata-whitelist docker-only docker-root docker-tls docker-tls-ca docker-tls-cert
  docker-tls-key dynamic-config-dir egress-selector-config-file enable-admission-plugins enable-aggregator-routing
  enable-bootstrap-token-auth enable-cadvisor-json-endpoints enable-controller-attach-detach enable-debugging-handlers
  enable-dynamic-provisioning enable-garbage-collector enable-hostpath-provisioner enable-load-reader
  enable-priority-and-fairness enable-server enable-taint-manager encryption-provider-config endpoint-reconciler-type
  endpoint-updates-batch-period endpointslice-updates-batch-period enforce-node-allocatable etcd-cafile etcd-certfile
  etcd-compaction-interval etcd-count-metric-poll-period etcd-db-metric-poll-interval etcd-healthcheck-timeout
  etcd-keyfile etcd-prefix etcd-servers etcd-servers-overrides event-burst event-qps event-storage-age-limit
  event-storage-event-limit event-ttl eviction-hard eviction-max-pod-grace-period eviction-minimum-reclaim
  eviction-pressure-transition-period eviction-soft eviction-soft-grace-period exit-on-lock-contention
  experimental-allocatable-ignore-eviction experimental-bootstrap-kubeconfig
  experimental-check-node-capabilities-before-mount experimental-kernel-memcg-notification
  experimental-logging-sanitization experimental-mounter-path external-cloud-volume-plugin external-hostname
  fail-swap-on feature-gates file-check-frequency flex-volume-plugin-dir global-housekeeping-interval goaway-chance
  hairpin-mode hard-pod-affinity-symmetric-weight healthz-bind-address healthz-port
  horizontal-pod-autoscaler-cpu-initialization-period horizontal-pod-autoscaler-downscale-stabilization
  horizontal-pod-autoscaler-initial-readiness-delay horizontal-pod-autoscaler-sync-period
  horizontal-pod-autoscaler-tolerance hostname-override housekeeping-interval http-check-frequency
  http2-max-streams-per-connection identity-lease-duration-seconds identity-lease-renew-interval-seconds
  image-credential-provider-bin-dir image-credential-provider-config image-gc-high-threshold image-gc-low-threshold
  image-pull-progress-deadline image-service-endpoint iptables-drop-bit iptables-masquerade-bit
  keep-terminated-pod-volumes kernel-memcg-notification kube-api-burst kube-api-content-type kube-api-qps
  kube-reserved kube-reserved-cgroup kubeconfig kubelet-certificate-authority kubelet-cgroups
  kubelet-client-certificate kubelet-client-key kubelet-preferred-address-types kubelet-timeout
  kubernetes-service-node-port large-cluster-size-threshold leader-elect leader-elect-lease-duration
  leader-elect-renew-deadline leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace
  leader-elect-retry-period livez-grace-period lock-file lock-object-name lock-object-namespace log-backtrace-at
  log-cadvisor-usage log-dir log-file log-file-max-size log-flush-frequency logging-format logtostderr machine-id-file
  make-iptables-util-chains manifest-url manifest-url-header master master-service-namespace
  max-connection-bytes-per-sec max-endpoints-per-slice max-mutating-requests-inflight max-open-files max-pods
  max-requests-inflight maximum-dead-containers maximum-dead-containers-per-container min-request-timeout
  min-resync-period minimum-container-ttl-duration minimum-image-ttl-duration
  mirroring-concurrent-service-endpoint-syncs mirroring-endpointslice-updates-batch-period
  mirroring-max-endpoints-per-subset namespace-sync-period network-plugin network-plugin-mtu node-cidr-mask-size
  node-cidr-mask-size-ipv4 node-cidr-mask-size-ipv6 node-eviction-rate node-ip node-labels node-monitor-grace-period
  node-monitor-period node-startup-grace-period node-status-max-images node-status-update-frequency
  non-masquerade-cidr oidc-ca-file oidc-client-id oidc-groups-claim oidc-groups-prefix oidc-issuer-url
  oidc-required-claim oidc-signing-algs oidc-username-claim oidc-username-prefix one-output oom-score-adj
  permit-port-sharing pod-cidr pod-eviction-timeout pod-infra-container-image pod-manifest-path pod-max-pids
  pods-per-core policy-config-file policy-configmap policy-configmap-namespace port profiling protect-kernel-defaults
  provider-id proxy-client-cert-file proxy-client-key-file pv-recycler-increment-timeout-nfs
  pv-recycler-minimum-timeout-hostpath pv-recycler-minimum-timeout-nfs pv-recycler-pod-template-filepath-hostpath
  pv-recycler-pod-template-filepath-nfs pv-recycler-timeout-increment-hostpath pvclaimbinder-sync-period qos-reserved
  read-only-port really-crash-for-testing redirect-container-streaming register-node register-schedulable
  register-with-taints registry-burst registry-qps request-timeout requestheader-allowed-names
  requestheader-client-ca-file requestheader-extra-headers-prefix requestheader-group-headers
  requestheader-username-headers reserved-cpus resolv-conf resource-quota-sync-period root-ca-file root-dir
  rotate-certificates rotate-server-certificates route-reconciliation-period runonce runtime-cgroups runtime-config
  runtime-request-timeout scheduler-name seccomp-profile-root secondary-node-eviction-rate secure-port
  serialize-image-pulls service-account-extend-token-expiration service-account-issuer service-account-jwks-uri
  service-account-key-file service-account-lookup service-account-max-token-expiration
  service-account-private-key-file service-account-signing-key-file service-cluster-ip-range service-node-port-range
  show-hidden-metrics-for-version shutdown-delay-duration skip-headers skip-log-headers stderrthreshold
  storage-backend storage-driver-buffer-duration storage-driver-db storage-driver-host storage-driver-password
  storage-driver-secure storage-driver-table storage-driver-user storage-media-type streaming-connection-idle-timeout
  sync-frequency system-cgroups system-reserved system-reserved-cgroup terminated-pod-gc-threshold tls-cert-file
  tls-cipher-suites tls-min-version tls-private-key-file tls-sni-cert-key token-auth-file topology-manager-policy
  topology-manager-scope unhealthy-zone-threshold use-legacy-policy-config use-service-account-credentials v vmodule
  volume-host-allow-local-loopback volume-host-cidr-denylist volume-plugin-dir volume-stats-agg-period watch-cache
  watch-cache-sizes write-config-to
`
  .trim()
  .split(/\s+/);
