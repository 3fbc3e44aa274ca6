import type { Check } from './check.ts';
import { clusterBackup } from './etcd/cluster-backup.ts';
import { etcdAlarms } from './etcd/etcd-alarms.ts';
import { etcdData } from './etcd/etcd-data.ts';
import { etcdEven } from './etcd/etcd-even.ts';
import { etcdHealth } from './etcd/etcd-health.ts';
import { etcdLatency } from './etcd/etcd-latency.ts';
import { etcdRegistry } from './etcd/etcd-registry.ts';
import { etcdSize } from './etcd/etcd-size.ts';
import { externalEtcd } from './etcd/external-etcd.ts';
import { arch } from './host/arch.ts';
import { cloudInitRunning } from './host/cloud-init-running.ts';
import { cpuCount } from './host/cpu-count.ts';
import { entropy } from './host/entropy.ts';
import { kernelLog } from './host/kernel-log.ts';
import { memory } from './host/memory.ts';
import { memoryAvailable } from './host/memory-available.ts';
import { os } from './host/os.ts';
import { packageArchitecture } from './host/package-architecture.ts';
import { rebootRequired } from './host/reboot-required.ts';
import { root } from './host/root.ts';
import { seLinux } from './host/selinux.ts';
import { swapAtBoot } from './host/swap-at-boot.ts';
import { swapOff } from './host/swap-off.ts';
import { systemd } from './host/systemd.ts';
import { systemdVersion } from './host/systemd-version.ts';
import { cloudInitHosts } from './identity/cloud-init-hosts.ts';
import { hostName } from './identity/host-name.ts';
import { hostNameLoopback } from './identity/host-name-loopback.ts';
import { hostNameResolves } from './identity/host-name-resolves.ts';
import { localhost } from './identity/localhost.ts';
import { machineId } from './identity/machine-id.ts';
import { bridgeNetfilter } from './kernel/bridge-netfilter.ts';
import { cgroupControllers } from './kernel/cgroup-controllers.ts';
import { cgroupVersion } from './kernel/cgroup-version.ts';
import { inotifyLimits } from './kernel/inotify-limits.ts';
import { ipForward } from './kernel/ip-forward.ts';
import { ipvsModules } from './kernel/ipvs-modules.ts';
import { kernelConfig } from './kernel/kernel-config.ts';
import { kernelDefaults } from './kernel/kernel-defaults.ts';
import { kernelForKubernetes } from './kernel/kernel-for-kubernetes.ts';
import { kernelForNftables } from './kernel/kernel-for-nftables.ts';
import { kernelModules } from './kernel/kernel-modules.ts';
import { kernelNamespaces } from './kernel/kernel-namespaces.ts';
import { kernelVersion } from './kernel/kernel-version.ts';
import { pidMax } from './kernel/pid-max.ts';
import { reversePathFilter } from './kernel/reverse-path-filter.ts';
import { seccomp } from './kernel/seccomp.ts';
import { sysctlFiles } from './kernel/sysctl-files.ts';
import { vxlanModule } from './kernel/vxlan-module.ts';
import { kubeletFlags } from './leftovers/kubelet-flags.ts';
import { kubeletMounts } from './leftovers/kubelet-mounts.ts';
import { leftOverEtcd } from './leftovers/left-over-etcd.ts';
import { leftOverManifests } from './leftovers/left-over-manifests.ts';
import { leftOvers } from './leftovers/left-overs.ts';
import { otherDistribution } from './leftovers/other-distribution.ts';
import { staleCni } from './leftovers/stale-cni.ts';
import { staleInterfaces } from './leftovers/stale-interfaces.ts';
import { strayKubelet } from './leftovers/stray-kubelet.ts';
import { addressOnce } from './network/address-once.ts';
import { apiProxyPort } from './network/api-proxy-port.ts';
import { apiServer } from './network/api-server.ts';
import { defaultInterface } from './network/default-interface.ts';
import { defaultRoute } from './network/default-route.ts';
import { endpointName } from './network/endpoint-name.ts';
import { externalBalancer } from './network/external-balancer.ts';
import { firewalld } from './network/firewalld.ts';
import { iptablesTables } from './network/iptables-tables.ts';
import { mtu } from './network/mtu.ts';
import { nameserver } from './network/nameserver.ts';
import { nameserverAnswers } from './network/nameserver-answers.ts';
import { nameserverCount } from './network/nameserver-count.ts';
import { nameserverLoopback } from './network/nameserver-loopback.ts';
import { networkManager } from './network/network-manager.ts';
import { nftablesService } from './network/nftables-service.ts';
import { noProxy } from './network/no-proxy.ts';
import { otherKeepalived } from './network/other-keepalived.ts';
import { plannedAddress } from './network/planned-address.ts';
import { podRoute } from './network/pod-route.ts';
import { ports } from './network/ports.ts';
import { resolvConf } from './network/resolv-conf.ts';
import { searchDomains } from './network/search-domains.ts';
import { serviceRoute } from './network/service-route.ts';
import { ufw } from './network/ufw.ts';
import { upstreamRange } from './network/upstream-range.ts';
import { virtualAddress } from './network/virtual-address.ts';
import { virtualAddressCloud } from './network/virtual-address-cloud.ts';
import { pluginVersion } from './plan/plugin-version.ts';
import { apparmorParser } from './programs/apparmor-parser.ts';
import { basePrograms } from './programs/base-programs.ts';
import { brokenPackages } from './programs/broken-packages.ts';
import { brokenSource } from './programs/broken-source.ts';
import { caCertificates } from './programs/ca-certificates.ts';
import { conntrack } from './programs/conntrack.ts';
import { dpkgInterrupted } from './programs/dpkg-interrupted.ts';
import { dpkgLock } from './programs/dpkg-lock.ts';
import { installedVersion } from './programs/installed-version.ts';
import { iptables } from './programs/iptables.ts';
import { maskedUnits } from './programs/masked-units.ts';
import { otherSource } from './programs/other-source.ts';
import { runtimePackage } from './programs/runtime-package.ts';
import { wantedPrograms } from './programs/wanted-programs.ts';
import { cgroupDriver } from './runtime/cgroup-driver.ts';
import { containerdConfig } from './runtime/containerd-config.ts';
import { containerdCri } from './runtime/containerd-cri.ts';
import { containerdVersion } from './runtime/containerd-version.ts';
import { dockerConfig } from './runtime/docker-config.ts';
import { dockerFlags } from './runtime/docker-flags.ts';
import { dockerSnap } from './runtime/docker-snap.ts';
import { dockerStorage } from './runtime/docker-storage.ts';
import { dockerVersion } from './runtime/docker-version.ts';
import { nodeRuntime } from './runtime/node-runtime.ts';
import { otherCri } from './runtime/other-cri.ts';
import { otherRuntime } from './runtime/other-runtime.ts';
import { runtimeSocket } from './runtime/runtime-socket.ts';
import { sandboxImage } from './runtime/sandbox-image.ts';
import { criDockerd } from './sources/cri-dockerd.ts';
import { criToolsVersion } from './sources/cri-tools-version.ts';
import { keyExpiry } from './sources/key-expiry.ts';
import { packageSource } from './sources/package-source.ts';
import { packageVersion } from './sources/package-version.ts';
import { pluginManifest } from './sources/plugin-manifest.ts';
import { registry } from './sources/registry.ts';
import { registryCertificate } from './sources/registry-certificate.ts';
import { registryImage } from './sources/registry-image.ts';
import { registryMirrors } from './sources/registry-mirrors.ts';
import { registryPlainHttp } from './sources/registry-plain-http.ts';
import { runtimeOffered } from './sources/runtime-offered.ts';
import { runtimeSource } from './sources/runtime-source.ts';
import { signingKey } from './sources/signing-key.ts';
import { sourceLatency } from './sources/source-latency.ts';
import { sourceSignature } from './sources/source-signature.ts';
import { diskExec } from './storage/disk-exec.ts';
import { diskInodes } from './storage/disk-inodes.ts';
import { diskLatency } from './storage/disk-latency.ts';
import { diskSpace } from './storage/disk-space.ts';
import { diskWritable } from './storage/disk-writable.ts';
import { fileSystem } from './storage/file-system.ts';
import { lockedFiles } from './storage/locked-files.ts';
import { rootSpace } from './storage/root-space.ts';
import { clockYear } from './time/clock-year.ts';
import { timeDaemon } from './time/time-daemon.ts';
import { timeDaemons } from './time/time-daemons.ts';
import { timeSynchronised } from './time/time-synchronised.ts';

/** All checks of one host, by topic. */
export const hostChecks: readonly Check[] = [
  root,
  systemd,
  os,
  arch,
  cpuCount,
  memory,
  cloudInitRunning,
  entropy,
  kernelLog,
  memoryAvailable,
  packageArchitecture,
  rebootRequired,
  seLinux,
  swapAtBoot,
  swapOff,
  systemdVersion,
  bridgeNetfilter,
  cgroupControllers,
  cgroupVersion,
  inotifyLimits,
  ipForward,
  ipvsModules,
  kernelConfig,
  kernelDefaults,
  kernelForKubernetes,
  kernelForNftables,
  kernelModules,
  kernelNamespaces,
  kernelVersion,
  pidMax,
  reversePathFilter,
  seccomp,
  sysctlFiles,
  vxlanModule,
  diskExec,
  diskInodes,
  diskLatency,
  diskSpace,
  diskWritable,
  fileSystem,
  lockedFiles,
  rootSpace,
  clockYear,
  timeDaemon,
  timeDaemons,
  timeSynchronised,
  cloudInitHosts,
  hostNameLoopback,
  hostNameResolves,
  hostName,
  localhost,
  machineId,
  addressOnce,
  apiProxyPort,
  apiServer,
  defaultInterface,
  defaultRoute,
  endpointName,
  externalBalancer,
  firewalld,
  iptablesTables,
  mtu,
  nameserverAnswers,
  nameserverCount,
  nameserverLoopback,
  nameserver,
  networkManager,
  nftablesService,
  noProxy,
  otherKeepalived,
  plannedAddress,
  podRoute,
  ports,
  resolvConf,
  searchDomains,
  serviceRoute,
  ufw,
  upstreamRange,
  virtualAddress,
  virtualAddressCloud,
  apparmorParser,
  basePrograms,
  brokenPackages,
  caCertificates,
  conntrack,
  dpkgInterrupted,
  dpkgLock,
  installedVersion,
  iptables,
  maskedUnits,
  otherSource,
  brokenSource,
  runtimePackage,
  wantedPrograms,
  criDockerd,
  criToolsVersion,
  packageSource,
  packageVersion,
  pluginManifest,
  registryCertificate,
  registryImage,
  registryMirrors,
  registryPlainHttp,
  registry,
  runtimeOffered,
  runtimeSource,
  signingKey,
  keyExpiry,
  sourceSignature,
  sourceLatency,
  cgroupDriver,
  containerdConfig,
  containerdCri,
  containerdVersion,
  dockerConfig,
  dockerFlags,
  dockerSnap,
  dockerStorage,
  dockerVersion,
  nodeRuntime,
  otherCri,
  otherRuntime,
  runtimeSocket,
  sandboxImage,
  kubeletMounts,
  leftOverEtcd,
  leftOverManifests,
  leftOvers,
  otherDistribution,
  staleCni,
  staleInterfaces,
  strayKubelet,
  kubeletFlags,
  pluginVersion,
  clusterBackup,
  etcdAlarms,
  etcdData,
  etcdEven,
  etcdHealth,
  etcdLatency,
  etcdRegistry,
  etcdSize,
  externalEtcd,
];
