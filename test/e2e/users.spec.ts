import './users/users.js';
import './users/codes.js';
import './users/former-contact.js';
import './users/notifications.js';
import './users/report.js';
import './users/standing.js';
import './users/taking-back.js';
import './users/random-thief.js';
