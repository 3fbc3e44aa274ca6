/** How long an agent's long poll waits for another target, in seconds. */
export const pollSeconds = 50;

/** A coordinator holds no answer back for longer, in seconds; an agent that asks for more gets its answer then. */
export const longestPollSeconds = 60;

/** A connection stays open for this long between two requests, in seconds: longer than a poll, so that the next finds it open. */
export const keepAliveSeconds = 75;
