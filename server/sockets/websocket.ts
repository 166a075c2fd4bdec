/**
 * First octet of a WebSocket frame that is all of its message and holds text, not compressed (RFC 6455 §5.2).
 */
export const FIN_TEXT = 0x81;

/** `readyState` of a WebSocket that both ends may write to. */
export const WEBSOCKET_OPEN = 1;
