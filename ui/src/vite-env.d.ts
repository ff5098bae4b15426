declare module 'virtual:encodings.css';
