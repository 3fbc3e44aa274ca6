/**
 * Feature gates of components by the first minor version that no longer has them, with which a component does not
 * start. Source: the list of removed feature gates in Kubernetes' documentation.
 */
const byVersion: Readonly<Record<number, string>> = {
  20: 'PodShareProcessNamespace ResourceLimitsPriorityFunction DynamicAuditing',
  21: 'HyperVContainer ServiceLoadBalancerFinalizer SupportIPVSProxyMode TaintBasedEvictions WindowsGMSA WindowsRunAsUserName',
  22: 'AttachVolumeLimit BlockVolume CSIBlockVolume CSIDriverRegistry CSIMigrationAWSComplete CSIMigrationAzureDiskComplete CSIMigrationAzureFileComplete CSIMigrationGCEComplete CSIMigrationOpenStackComplete EvenPodsSpread RotateKubeletClientCertificate TokenRequest TokenRequestProjection VolumePVCDataSource',
  23: 'BalanceAttachedNodeVolumes CRIContainerLogRotation CSIMigrationvSphereComplete CSINodeInfo ExternalPolicyForExternalIP LegacyNodeRoleBehavior NodeDisruptionExclusion RootCAConfigMap RunAsGroup SCTPSupport ServiceAppProtocol ServiceNodeExclusion ServiceTopology Sysctls VolumeSnapshotDataSource',
  24: 'BoundServiceAccountTokenVolume CronJobControllerV2 EnableEquivalenceClassCache NamespaceDefaultLabelName NodeLease ServiceAccountIssuerDiscovery StartupProbe SupportNodePidsLimit SupportPodPidsLimit',
  25: 'CSIServiceAccountToken EndpointSlice EndpointSliceNodeName EndpointSliceProxying GenericEphemeralVolume HugePageStorageMediumSize IPv6DualStack ImmutableEphemeralVolumes IngressClassNamespacedParams RuntimeClass SetHostnameAsFQDN StorageObjectInUseProtection StreamingProxyRedirects TTLAfterFinished ValidateProxyRedirects VolumeSubpath VolumeSubpathEnvExpansion WarningHeaders WindowsEndpointSliceProxying',
  26: 'AllowInsecureBackendProxy CSIMigrationOpenStack CSIVolumeFSGroupPolicy CSRDuration ConfigurableFSGroupPolicy DefaultPodTopologySpread DynamicKubeletConfig IndexedJob NonPreemptingPriority PodAffinityNamespaceSelector PodDisruptionBudget PodOverhead PreferNominatedNode SelectorIndex ServiceLBNodePortControl ServiceLoadBalancerClass SuspendJob',
  27: 'CSIInlineVolume CSIMigration CSIMigrationAWS CSIMigrationAzureDisk ControllerManagerLeaderMigration DaemonSetUpdateSurge EphemeralContainers ExpandCSIVolumes ExpandInUsePersistentVolumes ExpandPersistentVolumes IdentifyPodOS LocalStorageCapacityIsolation NetworkPolicyEndPort StatefulSetMinReadySeconds',
  28: 'AdvancedAuditing DisableAcceleratorUsageMetrics PodSecurity',
  29: 'CronJobTimeZone JobMutableNodeSchedulingDirectives LegacyServiceAccountTokenNoAutoGeneration',
  30: 'APISelfSubjectReview CSIMigrationAzureFile ExpandedDNSConfig SeccompDefault',
  33: 'APIListChunking AdmissionWebhookMatchConditions AggregatedDiscoveryEndpoint ServiceAccountTokenNodeBinding',
  35: 'ComponentSLIs',
};

export const removedGates: ReadonlyMap<string, number> = new Map(
  Object.entries(byVersion).flatMap(([until, names]) => names.split(' ').map((name) => [name, Number(until)] as const)),
);
