import { logging, taints, tracing } from './common.ts';
import {
  boolean,
  duration,
  each,
  integer,
  listOf,
  mapOf,
  mapping,
  number,
  oneOf,
  quantity,
  size,
  string,
  threshold,
} from './field.ts';

const texts = mapOf(string);
const strings = listOf(string);

/** KubeletConfiguration v1beta1, Kubernetes 1.20 to 1.36. Source: k8s.io/kubelet config/v1beta1/types.go. */
export const kubeletConfiguration = mapping(
  each(
    boolean,
    'enableServer rotateCertificates serverTLSBootstrap enableDebuggingHandlers enableContentionProfiling cgroupsPerQOS runOnce cpuCFSQuota serializeImagePulls enableControllerAttachDetach protectKernelDefaults makeIPTablesUtilChains failSwapOn kernelMemcgNotification enableSystemLogHandler',
  ),
  each(boolean, 'enableProfilingHandler enableDebugFlagsHandler', { since: 21 }),
  each(boolean, 'seccompDefault', { since: 22 }),
  each(boolean, 'registerNode', { since: 23 }),
  each(boolean, 'localStorageCapacityIsolation', { since: 25 }),
  each(boolean, 'enableSystemLogQuery', { since: 27 }),
  each(boolean, 'failCgroupV1', { since: 31 }),
  each(boolean, 'singleProcessOOMKill', { since: 32 }),
  each(boolean, 'mergeDefaultEvictionSettings', { since: 33 }),

  each(
    integer,
    'port readOnlyPort registryPullQPS registryBurst eventRecordQPS eventBurst healthzPort oomScoreAdj nodeLeaseDurationSeconds imageGCHighThresholdPercent imageGCLowThresholdPercent maxPods podPidsLimit nodeStatusMaxImages maxOpenFiles kubeAPIQPS kubeAPIBurst evictionMaxPodGracePeriod podsPerCore iptablesMasqueradeBit iptablesDropBit containerLogMaxFiles',
  ),
  each(integer, 'maxParallelImagePulls', { since: 27 }),
  each(integer, 'containerLogMaxWorkers', { since: 30 }),
  each(number, 'memoryThrottlingFactor', { since: 22 }),

  each(
    string,
    'staticPodPath staticPodURL address tlsCertFile tlsPrivateKeyFile healthzBindAddress clusterDomain kubeletCgroups systemCgroups cgroupRoot podCIDR resolvConf contentType reservedSystemCPUs showHiddenMetricsForVersion systemReservedCgroup kubeReservedCgroup volumePluginDir providerID',
  ),
  each(string, 'containerRuntimeEndpoint imageServiceEndpoint', { since: 27 }),
  each(string, 'podLogsDir', { since: 30 }),
  each(size, 'containerLogMaxSize'),
  each(oneOf('systemd', 'cgroupfs'), 'cgroupDriver'),
  each(oneOf('none', 'static'), 'cpuManagerPolicy'),
  each(oneOf('None', 'Static'), 'memoryManagerPolicy', { since: 21 }),
  each(oneOf('None', 'TieredReservation'), 'memoryReservationPolicy', { since: 36 }),
  each(oneOf('none', 'best-effort', 'restricted', 'single-numa-node'), 'topologyManagerPolicy'),
  each(oneOf('container', 'pod'), 'topologyManagerScope'),
  each(oneOf('promiscuous-bridge', 'hairpin-veth', 'none'), 'hairpinMode'),
  each(oneOf('Get', 'Cache', 'Watch'), 'configMapAndSecretChangeDetectionStrategy'),
  each(oneOf('VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'), 'tlsMinVersion'),
  each(
    oneOf('NeverVerify', 'NeverVerifyPreloadedImages', 'NeverVerifyAllowlistedImages', 'AlwaysVerify'),
    'imagePullCredentialsVerificationPolicy',
    { since: 33 },
  ),

  each(
    duration,
    'syncFrequency fileCheckFrequency httpCheckFrequency streamingConnectionIdleTimeout nodeStatusUpdateFrequency nodeStatusReportFrequency imageMinimumGCAge volumeStatsAggPeriod cpuManagerReconcilePeriod runtimeRequestTimeout cpuCFSQuotaPeriod evictionPressureTransitionPeriod shutdownGracePeriod shutdownGracePeriodCriticalPods',
  ),
  each(duration, 'imageMaximumGCAge', { since: 29 }),
  each(duration, 'containerLogMonitorInterval', { since: 30 }),

  each(texts, 'qosReserved evictionSoftGracePeriod'),
  each(mapOf(threshold), 'evictionHard evictionSoft evictionMinimumReclaim'),
  each(mapOf(size), 'systemReserved kubeReserved'),
  each(texts, 'cpuManagerPolicyOptions', { since: 22 }),
  each(texts, 'topologyManagerPolicyOptions', { since: 26 }),
  each(mapOf(boolean), 'featureGates'),
  each(mapOf(strings), 'staticPodURLHeader'),

  each(strings, 'tlsCipherSuites clusterDNS allowedUnsafeSysctls'),
  each(
    listOf(
      oneOf(
        'none',
        'pods',
        'system-reserved',
        'system-reserved-compressible',
        'kube-reserved',
        'kube-reserved-compressible',
      ),
    ),
    'enforceNodeAllocatable',
  ),
  each(strings, 'preloadedImagesVerificationAllowlist', { since: 33 }),
  each(listOf(integer), 'tlsCurvePreferences', { since: 36 }),
  each(taints, 'registerWithTaints', { since: 23 }),
  each(listOf(mapping(each(integer, 'numaNode'), each(mapOf(quantity), 'limits'))), 'reservedMemory', { since: 21 }),
  each(listOf(mapping(each(integer, 'priority shutdownGracePeriodSeconds'))), 'shutdownGracePeriodByPodPriority', {
    since: 23,
  }),

  each(
    mapping(
      each(mapping(each(string, 'clientCAFile')), 'x509'),
      each(mapping(each(boolean, 'enabled'), each(duration, 'cacheTTL')), 'webhook'),
      each(mapping(each(boolean, 'enabled')), 'anonymous'),
    ),
    'authentication',
  ),
  each(
    mapping(
      each(oneOf('AlwaysAllow', 'Webhook'), 'mode'),
      each(mapping(each(duration, 'cacheAuthorizedTTL cacheUnauthorizedTTL')), 'webhook'),
    ),
    'authorization',
  ),
  each(logging, 'logging'),
  each(tracing, 'tracing', { since: 25 }),
  each(mapping(each(oneOf('', 'NoSwap', 'LimitedSwap', 'UnlimitedSwap'), 'swapBehavior')), 'memorySwap', { since: 22 }),
  each(mapping(each(duration, 'maxContainerRestartPeriod')), 'crashLoopBackOff', { since: 32 }),
  each(mapping(each(integer, 'idsPerPod')), 'userNamespaces', { since: 33 }),
);
