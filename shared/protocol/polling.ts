/** Duration of an agent's long poll, in seconds. */
export const pollSeconds = 50;

/** Maximum duration of a long poll, in seconds; longer requests are answered at this limit. */
export const longestPollSeconds = 60;

/** Duration of the long poll of one of several control planes: another takes over its duties when it falls silent. */
export const controlPlanePollSeconds = 4;

/** Milliseconds without contact after which another control plane performs the duties: two polls, and time to answer. */
export const dutySilenceMs = 10_000;
