//! The Samechart server: web pages, the command line and the configuration.

pub mod cli;
pub mod config;
pub mod demo;
pub mod web;
pub mod words;
