/** The kubelet works with runtime and API server: what it complained of before is over. */
export const registered = /Successfully registered node|[Nn]ode (?:\S{1,253} )?was previously registered/;

/** The container runtime has started. */
export const startedRuntime = /API listen on|containerd successfully booted/;
