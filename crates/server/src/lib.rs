//! The Samechart server: web pages, the command line and the configuration.

pub mod config;
pub mod web;
pub mod words;
