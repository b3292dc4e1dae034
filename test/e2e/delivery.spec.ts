import './delivery/webhooks.js';
import './delivery/webhook-addresses.js';
import './delivery/notice-mail.js';
import './delivery/direct-messages.js';
import './delivery/every-channel.js';
