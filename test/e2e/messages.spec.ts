import './messages/messages.js';
import './messages/conversations.js';
import './messages/message-images.js';
import './messages/realtime-messages.js';
import './messages/directory.js';
