/** Duration of an agent's long poll, in seconds. */
export const pollSeconds = 50;

/** Maximum duration of a long poll, in seconds; longer requests are answered at this limit. */
export const longestPollSeconds = 60;

/** Idle timeout of a connection, in seconds; longer than a poll, so that connections are reused. */
export const keepAliveSeconds = 75;
