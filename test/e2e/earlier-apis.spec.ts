import './earlier-apis/beside-originals.js';
import './earlier-apis/earlier-apis.js';
import './earlier-apis/user-session-management.js';
