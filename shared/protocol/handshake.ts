/** Time in which a TLS handshake must be complete, in ms: an agent then gives up, and the coordinator hangs up. */
export const handshakeMs = 10_000;

/**
 * Time in which the coordinator must have begun it, in ms. What begins shortly before the agent gives up is in vain, and
 * under a load that lasts, everything begins as late as is allowed.
 */
export const handshakeBeginsMs = 6000;
