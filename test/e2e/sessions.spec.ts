import './sessions/sessions.js';
import './sessions/policy.js';
import './sessions/takeover.js';
import './sessions/approve.js';
import './sessions/service-api.js';
import './sessions/service-keys.js';
import './sessions/devices.js';
import './sessions/throttle.js';
