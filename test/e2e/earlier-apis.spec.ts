import './earlier-apis/earlier-apis.js';
import './earlier-apis/user-session-management.js';
