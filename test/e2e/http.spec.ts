import './http/access.js';
import './http/address.js';
import './http/browser.js';
import './http/docs.js';
import './http/encoding.js';
import './http/protocol.js';
import './http/story.js';
import './http/sqlite-file.js';
