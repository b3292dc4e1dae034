import './realtime/realtime.js';
import './realtime/handshake.js';
import './realtime/presence.js';
