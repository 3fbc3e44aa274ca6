/** Whose certificate a line is about: Go reports all of them in the same words. */

/** An image pull: from a registry, a mirror or a token endpoint. */
export const ofRegistry =
  /\/v2\/|\bpull(?:ed|ing)?\b|PullImage|(?<!\/serviceaccounts\/[\w.-]{1,80})\/token\b|(?:anonymous|oauth) token|failed to (?:authorize|resolve reference)|\bregistry\b|from daemon: (?:Get|Head)/i;

/** How paths of the API server begin: its port is the plan's. */
export const apiPath = String.raw`(?:apis?|version|healthz|livez|readyz|openapi|openid)\b`;

/** The API server, or a credential for it. */
export const ofApiServer = new RegExp(
  String.raw`https://[^\s"/]{1,253}/${apiPath}|:6443\b|Unable to connect to the server|candidate authority certificate "kubernetes`,
);

/** What pods and CNI plugins ask of the API server, by the address of the Service kubernetes. */
export const byServiceAddress =
  /(?:plugin type=|to network |[nN]etworkPlugin cni failed|plugin\/kubernetes[:/]|create SubnetManager|pkg\/mod\/k8s\.io).{0,600}?https:\/\/\[?\d{1,3}(?:\.\d{1,3}){3}\]?:443\/|https:\/\/\[?\d{1,3}(?:\.\d{1,3}){3}\]?:443\/\S{0,200}(?:projectcalico|serviceaccounts\/|kube-flannel\/pods)/;

/** The kubelet's probe of another pod than the API server's: their paths are the same. */
export const ofProbe = /^(?!.*kube-apiserver).*(?:\bprober\.go\b|\b[Pp]robe (?:failed|errored|for)\b)/;

/** A webhook or an aggregated API behind the API server. */
export const ofWebhook = /failed calling webhook|plugin type=|https:\/\/[\w.-]{1,253}\.svc[:/]/;

/** Another server than the API server. */
export const ofOtherServer = new RegExp(
  `${ofRegistry.source}|${ofWebhook.source}|https://[^\\s"/]{1,253}/(?!${apiPath})\\w`,
  'i',
);
